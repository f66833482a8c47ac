"""Runs on their way out and in: exports to other tools, submissions from others, the site that shows them.

attempts.py          a run's attempts: answers with their verdicts; CSV and Parquet
inspect_log.py       .eval logs that ``inspect view`` opens
every_eval_ever.py   the Every Eval Ever collection's JSON
submission.py        what a submission says of itself
verify.py            recomputes a submission and compares
standings.py         the tables of the verified ones
site.py              LEADERBOARD.md and the static site
"""
