"""What is known of how applicants are handed over: headings of tables, kinds of files, sizes."""
