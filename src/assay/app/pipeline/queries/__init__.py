"""The only readers of jobs, people and applications. Each answers with frozen dataclasses, restricted to what the
person asking may see."""
