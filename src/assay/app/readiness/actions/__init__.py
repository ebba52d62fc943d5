"""The only writers of readiness: assessments, sheets of answers, and what was agreed to be done."""
