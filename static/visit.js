/* A visit that could not be sent stays on the page, and the page says so. Nothing is stored on the device:
   a phone that is lost holds nothing (docs/adr). */
(function () {
  "use strict";

  var unsent = false;

  function show(form) {
    var strip = form.querySelector("[data-unsent]");
    var button = form.querySelector("[data-again]");
    strip.hidden = false;
    strip.querySelector("[data-back]").hidden = true;
    button.textContent = button.dataset.again;
    strip.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", function (event) {
    var form = event.target.closest("form[data-visit]");
    if (!form) { return; }
    unsent = true;
    show(form);
  });

  /* The server has answered: saved, or asking for something to be put right. Either way it is not lost. */
  document.addEventListener("htmx:beforeOnLoad", function () { unsent = false; });

  window.addEventListener("online", function () {
    var back = unsent && document.querySelector("form[data-visit] [data-back]");
    if (back) { back.hidden = false; }
  });

  window.addEventListener("beforeunload", function (event) {
    if (unsent) { event.preventDefault(); }
  });
})();
