"""What applicants are asked and told where, in which words, and how floods are told from people."""
