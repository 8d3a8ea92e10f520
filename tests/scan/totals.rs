//! Tables with totals: what their rows, columns and percentages must give.

/// The verdict, the printed text and a part of the sentence of an item.
type Open = (&'static str, &'static str, &'static str);

/// The table, and every item that is not consistent: its verdict, the printed total or share, a part of the sentence.
pub const TOTALS: [(&str, &str, &[Open]); 18] = [
    (
        "one column, of which a case has one",
        "| Outcome | n |\n|---|---|\n| Remission | 30 |\n| Relapse | 13 |\n| Death | 8 |\n| Total | 50 |\n",
        &[("impossible", "50", "30 + 13 + 8 = 51, not 50: 1 too many")],
    ),
    (
        "one column, of which the table does not say it",
        "| Cause | n |\n|---|---|\n| Lupus | 30 |\n| Scleroderma | 13 |\n| Others | 8 |\n| Total | 50 |\n",
        &[("conditional", "50", "only if a case can be in several lines: 30 + 13 + 8 = 51, not 50: 1 too many")],
    ),
    (
        "one column with others left out",
        "| Cause | n |\n|---|---|\n| Lupus | 30 |\n| Scleroderma | 13 |\n| Total | 50 |\n",
        &[("conditional", "50", "only if others are left out: 30 + 13 = 43, not 50: 7 missing")],
    ),
    (
        "one column of symptoms, which overlap",
        "| Symptom | n |\n|---|---|\n| Pain | 30 |\n| Rash | 33 |\n| Total | 50 |\n",
        &[("not_checkable", "50", "30 + 33 = 63, not 50: 13 too many; the table does not show")],
    ),
    (
        "one column whose percentages are of all there is",
        "| Cause | n (%) |\n|---|---|\n| Lupus | 30 (60) |\n| Scleroderma | 12 (24) |\n| Others | 8 (16) |\n| Total | 51 (100) |\n",
        &[("impossible", "51 (100)", "30 + 12 + 8 = 50, not 51")],
    ),
    (
        "a percentage that the total below it does not give",
        "| Cause | n (%) |\n|---|---|\n| Lupus | 30 (60) |\n| Scleroderma | 12 (28) |\n| Others | 8 (16) |\n| Total | 50 (100) |\n",
        &[("impossible", "12 (28)", "12 of 50 is 24 %, not 28 %")],
    ),
    (
        "one column that adds up",
        "| Cause | n (%) |\n|---|---|\n| Lupus | 30 (60.0%) |\n| Scleroderma | 12 (24.0%) |\n| Others | 8 (16.0%) |\n| **Total** | \
         50 (100%) |\n",
        &[],
    ),
    (
        "totals and percentages in both directions, by columns",
        "| Cause | Boys, n (%) | Girls, n (%) | Total, n (%) |\n|---|---|---|---|\n| Lupus | 12 (60) | 18 (60) | 30 (60) |\n| Others | 8 (40) \
         | 12 (40) | 20 (40) |\n| Total | 20 (100) | 30 (100) | 50 (100) |\n",
        &[],
    ),
    (
        "by rows",
        "| Cause | Boys, n (%) | Girls, n (%) | All, n (%) |\n|---|---|---|---|\n| Lupus | 12 (40) | 18 (60) | 30 (100) |\n| Others | 8 (40) \
         | 12 (60) | 20 (100) |\n| Total | 20 (40) | 30 (60) | 50 (100) |\n",
        &[],
    ),
    (
        "by the whole table",
        "| Cause | Boys, n (%) | Girls, n (%) | Total, n (%) |\n|---|---|---|---|\n| Lupus | 12 (24) | 18 (36) | 30 (60) |\n| Others | 8 (16) \
         | 12 (24) | 20 (40) |\n| Total | 20 (40) | 30 (60) | 50 (100) |\n",
        &[],
    ),
    (
        "a cell that its row, its column and its percentage contradict",
        "| Cause | Boys, n (%) | Girls, n (%) | Total, n (%) |\n|---|---|---|---|\n| Lupus | 12 (60) | 19 (60) | 30 (60) |\n| Others | 8 (40) \
         | 12 (40) | 20 (40) |\n| Total | 20 (100) | 30 (100) | 50 (100) |\n",
        &[
            ("impossible", "19 (60)", "19 is 60 % of no number of cases"),
            ("impossible", "30 (60)", "12 + 19 = 31, not 30"),
            ("impossible", "30 (100)", "19 + 12 = 31, not 30"),
        ],
    ),
    (
        "a percentage that fits in no direction",
        "| Cause | Boys, n (%) | Girls, n (%) | Total, n (%) |\n|---|---|---|---|\n| Lupus | 12 (60) | 18 (50) | 30 (60) |\n| Others | 8 (40) \
         | 12 (40) | 20 (40) |\n| Total | 20 (100) | 30 (100) | 50 (100) |\n",
        &[("impossible", "18 (50)", "18 of 30 is 60 %, not 50 %")],
    ),
    (
        "one row beside its total",
        "| | Boys | Girls | Total |\n|---|---|---|---|\n| Patients | 20 | 31 | 50 |\n",
        &[("conditional", "50", "only if a case can be in several lines: 20 + 31 = 51, not 50")],
    ),
    (
        "subtotals and their total",
        "| Cause | n |\n|---|---|\n| Lupus | 10 |\n| Scleroderma | 6 |\n| Subtotal | 16 |\n| Trauma | 3 |\n| Burns | 2 |\n| Subtotal | 5 |\n\
         | Grand total | 21 |\n",
        &[],
    ),
    (
        "dashes for none",
        "| Stage | Boys | Girls |\n|---|---|---|\n| I | 4 | – |\n| II | 3 | 6 |\n| III | - | 2 |\n| Total | 7 | 8 |\n",
        &[],
    ),
    (
        "one of two columns that does not add up",
        "| Type | Boys | Girls |\n|---|---|---|\n| A | 4 | 5 |\n| B | 3 | 6 |\n| Total | 7 | 12 |\n",
        &[("conditional", "12", "only if others are left out: 5 + 6 = 11, not 12: 1 missing")],
    ),
    (
        "columns that overlap beside a total",
        "| Cause | Elbow | Knee | Total |\n|---|---|---|---|\n| Lupus | 12 | 18 | 25 |\n| Others | 8 | 12 | 15 |\n",
        &[
            ("not_checkable", "25", "does not show that its lines exclude"),
            ("not_checkable", "15", "does not show that its lines exclude"),
        ],
    ),
    (
        "a total that is the mean of its column",
        "| Site | Score |\n|---|---|\n| Elbow | 6 |\n| Knee | 8 |\n| Total | 7 |\n",
        &[],
    ),
];
