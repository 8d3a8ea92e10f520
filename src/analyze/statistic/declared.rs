//! What is declared of a statistic: its digits, what has it, when it is computed, what it tells about single patients.

/// How many decimals a statistic is printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// None: it counts something.
    Count,
    /// Those of the data; one more where the exact value needs it.
    Data,
    /// One more than the data.
    DataPlusOne,
    /// As a percentage: whole below 100 cases, else one decimal.
    Percent,
    /// As a p-value: two decimals from 0.1, else three; `<0.001` and `>0.99` beyond.
    P,
    /// Two decimals, whatever the data.
    Two,
}

/// What has a statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppliesTo {
    /// Every variable.
    Every,
    /// A number.
    Numbers,
    /// A date.
    Dates,
    /// A level of a category or a binary, or an item of a set.
    Levels,
    /// A set, or a column of treatment lines, as a whole.
    Collections,
    /// The responses to treatment.
    Responses,
    /// A comparison between groups.
    Groups,
}

/// When a statistic is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// In every run.
    Always,
    /// Only where a template or a selector names it.
    OnRequest,
}

/// What a statistic tells about single patients; masking decides by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discloses {
    /// How many cases, items or lines there are.
    Count,
    /// The sum of how many items or lines each case has.
    SumOfCounts,
    /// A quotient of two counts, or a limit that follows from them.
    Share,
    /// The value of one patient.
    OneValue,
    /// A function of all values: of few values, and with others like it, it gives them away.
    AllValues,
    /// A function of all values that others with the same mean and SD do not share.
    Shape,
    /// A value with this many hundredths of the values on its nearer side.
    Quantile(u8),
    /// The value of a rank that depends on the number of values.
    Rank,
    /// A function of the values or counts of several groups.
    Comparison,
    /// The statistic of a test: one of ranks tells how the values of the groups lie among each other.
    OfTest,
    /// A p, whose digits tell the statistic.
    Probability,
    /// A p that other variables enter.
    JointProbability,
}
