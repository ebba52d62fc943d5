"""Reading YAML: what would end the process is refused before it is read."""

from pathlib import Path

import pytest

from assay.knowledge.loading import KnowledgeError, read_mapping


@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "? "])
def test_a_file_nested_by_the_ten_thousand_is_refused(tmp_path: Path, opened: str) -> None:
    path = tmp_path / "role.yaml"
    path.write_text("id: x\nskills:\n  " + opened * 100_000)
    with pytest.raises(KnowledgeError, match=r"role\.yaml: .*(nested|line \d+)"):
        read_mapping(path=path)


def test_a_long_flat_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("names:\n" + "".join(f"  - [a, b{number}]\n" for number in range(2_000)))
    assert len(read_mapping(path=path)["names"]) == 2_000
