"""One citizen's whole history as the state refunds it: the tab "Økonomi og refusion"."""
