"""Which calls into the kernel a contained process is refused, per processor, and the filter that refuses them.

Files may be opened to read, never to write. The filter is a classic BPF programme as seccomp takes it: another
processor's calls end the process, a listed call fails with "not permitted", everything else goes through.
"""

import struct

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_JUMP_OTHER = -1
_NUMBER_AT, _PROCESSOR_AT, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _KILL, _NOT_PERMITTED = 0x7FFF0000, 0x80000000, 0x00050001
_FOREIGN_TABLE = 0x40000000
_WRITES = 0o1 | 0o2 | 0o100 | 0o1000
"""Opening to write, to read and write, to create, to empty."""

_Step = tuple[int, int, int | str]
"""Instruction, value, and where to jump."""

_X86_64 = {
    "network": (41, 42, 43, 44, 46, 49, 50, 53, 288),
    "processes": (56, 57, 58, 59, 62, 101, 200, 310, 311, 322, 424, 435),
    "files": (76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133)
    + (258, 259, 260, 263, 264, 265, 266, 268, 304, 316),
    "machine": (155, 161, 165, 166, 169, 175, 246, 248, 249, 250, 272, 298, 308, 313, 321, 323, 425, 426, 437),
}
_AARCH64 = {
    "network": (198, 199, 200, 201, 202, 203, 206, 211, 242),
    "processes": (117, 129, 130, 220, 221, 270, 271, 281, 424, 435),
    "files": (33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 265, 276),
    "machine": (39, 40, 41, 51, 97, 104, 105, 142, 217, 218, 219, 241, 268, 273, 280, 282, 425, 426, 437),
}
_TABLES = {
    "x86_64": (0xC000003E, _X86_64, ((2, 1), (257, 2))),
    "aarch64": (0xC00000B7, _AARCH64, ((56, 2),)),
}
"""By machine: the kernel's name for the processor, the refused calls, and for each way of opening a file its
number and which argument holds the flags."""


def filter_programme(*, machine: str) -> bytes | None:
    """Return the filter for a machine name as ``os.uname`` gives it, as packed instructions; None if unknown."""
    if machine not in _TABLES:
        return None
    processor, table, opening = _TABLES[machine]
    refused = sorted(number for group in table.values() for number in group)
    steps: list[_Step] = [(_JUMP_AT_LEAST, _FOREIGN_TABLE, "refuse")]
    steps += [(_JUMP_EQUAL, number, "refuse") for number in refused]
    for number, argument in opening:
        steps += [(_JUMP_OTHER, number, 3), (_LOAD, _FIRST_ARGUMENT + 8 * argument, 0)]
        steps += [(_JUMP_ANY_BIT, _WRITES, "refuse"), (_LOAD, _NUMBER_AT, 0)]
    lines = [(_LOAD, 0, 0, _PROCESSOR_AT), (_JUMP_EQUAL, 1, 0, processor), (_RETURN, 0, 0, _KILL)]
    lines += [(_LOAD, 0, 0, _NUMBER_AT), *_resolved(steps)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _NOT_PERMITTED)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _resolved(steps: list[_Step]) -> list[tuple[int, int, int, int]]:
    """Turn jumps to ``refuse`` (the line after the last but one) and over a few lines into counted jumps."""
    lines: list[tuple[int, int, int, int]] = []
    for index, (code, value, target) in enumerate(steps):
        if code == _JUMP_OTHER:
            lines.append((_JUMP_EQUAL, 0, int(target), value))
        else:
            lines.append((code, len(steps) - index if target == "refuse" else 0, 0, value))
    return lines
