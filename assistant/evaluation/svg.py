"""Small plots as inline SVG, so that a report is one file that opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Bar = tuple[str, float, float, float]  # label, value, low, high: each 0..1

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 520, 300, 48, 40
_ROW = 22


def curve(points: Sequence[tuple[float, float]], title: str, axes: tuple[str, str]) -> str:
    """A line through ``points`` (both coordinates 0..1), drawn in steps to the next point."""
    wide, high = _WIDTH - _LEFT - 16, _HEIGHT - _BOTTOM - 16
    top = 16
    place = [(_LEFT + x * wide, top + (1 - y) * high) for x, y in points]
    line = " ".join(f"{'L' if n else 'M'}{x:.1f},{y:.1f}" for n, (x, y) in enumerate(place))
    ticks = "".join(
        f'<line x1="{_LEFT}" x2="{_LEFT + wide}" y1="{top + (1 - v) * high}" y2="{top + (1 - v) * high}" class="grid"/>'
        f'<text x="{_LEFT - 6}" y="{top + (1 - v) * high + 4}" text-anchor="end">{v:.2f}</text>'
        f'<text x="{_LEFT + v * wide}" y="{top + high + 16}" text-anchor="middle">{v:.2f}</text>'
        for v in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    names = (
        f'<text x="{_LEFT + wide / 2}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(axes[0])}</text>'
        f'<text transform="translate(12,{top + high / 2}) rotate(-90)" text-anchor="middle">{escape(axes[1])}</text>'
    )
    return _svg(_WIDTH, _HEIGHT, title, f'{ticks}<path d="{line}" class="line"/>{names}')


def bars(rows: Sequence[Bar], title: str) -> str:
    """Horizontal bars with their intervals."""
    left, wide = 130, 330
    parts = []
    for n, (label, value, low, high) in enumerate(rows):
        y = n * _ROW + 6
        middle = y + 7
        parts.append(
            f'<text x="{left - 8}" y="{y + 11}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left}" y="{y}" width="{wide}" height="14" class="rail"/>'
            f'<rect x="{left}" y="{y}" width="{value * wide:.1f}" height="14" class="bar"/>'
            f'<line x1="{left + low * wide:.1f}" x2="{left + high * wide:.1f}" y1="{middle}" y2="{middle}" class="whisker"/>'
            f'<text x="{left + wide + 8}" y="{y + 11}">{value:.2f}</text>'
        )
    return _svg(_WIDTH, len(rows) * _ROW + 10, title, "".join(parts))


def _svg(width: int, height: int, title: str, body: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )
