"""Geometry of the small SVG figures: values in, attribute values out.

Coordinates leave here as text with a point as decimal sign, so that no locale can turn "82.1" into
"82,1" on the way into an attribute. Colours are classes of `hf.css`. Nothing here knows a model.
"""

from housingfirst.ui.figures.backward import PlanDrawing, PlanRow, plan_drawing
from housingfirst.ui.figures.bars import Bar, BarDrawing, Kind, bar_drawing
from housingfirst.ui.figures.clock import Clock, ClockDrawing, clock_drawing
from housingfirst.ui.figures.meter import METER_WIDTH, NEAR_LIMIT_DAYS, Meter
from housingfirst.ui.figures.numbers import num
from housingfirst.ui.figures.path import PathStep, StepState, path_dots
from housingfirst.ui.figures.strip import Fill, StripDrawing, StripRow, StripSpan, strip_drawing

__all__ = [
    "METER_WIDTH",
    "NEAR_LIMIT_DAYS",
    "Bar",
    "BarDrawing",
    "Clock",
    "ClockDrawing",
    "Fill",
    "Kind",
    "Meter",
    "PathStep",
    "PlanDrawing",
    "PlanRow",
    "StepState",
    "StripDrawing",
    "StripRow",
    "StripSpan",
    "bar_drawing",
    "clock_drawing",
    "num",
    "path_dots",
    "plan_drawing",
    "strip_drawing",
]
