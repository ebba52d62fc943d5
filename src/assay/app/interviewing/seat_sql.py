"""The seats of an interview for statements that read many: whoever is on a panel, and whoever handed in a card."""

# Every seat of interview ``i`` with the card handed in for it, and the cards of those who have left their panel since.
SEATS = """(
        SELECT coalesce(p.user_id, c.author_id) AS user_id, p.id AS panelist_id, p.excused_at IS NOT NULL AS is_excused,
               c.id AS card_id, c.recommendation, c.submitted_at
        FROM (SELECT * FROM interviewing_panelist WHERE interview_id = i.id) p
        FULL JOIN (SELECT * FROM interviewing_scorecard WHERE interview_id = i.id AND submitted_at IS NOT NULL) c
               ON c.author_id = p.user_id
    ) seat"""
