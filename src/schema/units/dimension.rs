//! What a unit measures.

use crate::words::words;

words! {
    /// What a unit measures; a value is converted only within one of them.
    ///
    /// They are finer than those of physics: % and mmol/mol are both numbers without a dimension, and
    /// yet 6.5 % of glycated haemoglobin are 48 mmol/mol; a milligram a gram is no dose.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Dimension: "dimension" {
        /// kg, g.
        Mass = "mass",
        /// cm, mm.
        Length = "length",
        /// m2, cm2.
        Area = "area",
        /// L, mL, fL.
        Volume = "volume",
        /// h, min, s; longer times are durations.
        Time = "time",
        /// mmol.
        Substance = "amount of substance",
        /// mEq: moles of charge.
        Equivalents = "equivalents",
        /// U, IU, kat.
        Activity = "activity",
        /// °C, °F.
        Temperature = "temperature",
        /// Degrees of an angle.
        Angle = "angle",
        /// mmHg, kPa.
        Pressure = "pressure",
        /// kcal, kJ.
        Energy = "energy",
        /// %, ‰, L/L.
        Fraction = "fraction",
        /// INR.
        NormalisedRatio = "normalised ratio",
        /// Hounsfield units.
        Radiodensity = "radiodensity",
        /// dB.
        SoundLevel = "sound level",
        /// Dioptres.
        Refraction = "refraction",
        /// mV.
        Voltage = "voltage",
        /// Gy.
        AbsorbedDose = "absorbed dose",
        /// mSv.
        EquivalentDose = "equivalent dose",
        /// MBq, mCi.
        Radioactivity = "radioactivity",
        /// mg/dL, g/L.
        MassConcentration = "mass concentration",
        /// mmol/L.
        SubstanceConcentration = "substance concentration",
        /// mEq/L.
        EquivalentConcentration = "concentration of equivalents",
        /// U/L, IU/mL, µkat/L.
        ActivityConcentration = "activity concentration",
        /// AU/mL, GPL/mL: each the unit of one test, converted only from its own.
        ArbitraryConcentration = "arbitrary concentration",
        /// mg/L FEU: twice the mass of the D-dimers, more or less.
        FibrinogenEquivalents = "fibrinogen equivalents",
        /// ng/mL/h: the activity of renin.
        MassConcentrationRate = "mass concentration rate",
        /// Pack-years.
        Smoking = "smoking",
        /// 10^9/L, /mm3.
        NumberConcentration = "number concentration",
        /// copies/mL.
        CopiesConcentration = "concentration of copies",
        /// CFU/mL.
        ColonyConcentration = "concentration of colonies",
        /// /HPF.
        NumberPerHighPowerField = "number per high-power field",
        /// /LPF.
        NumberPerLowPowerField = "number per low-power field",
        /// /mm2.
        NumberPerArea = "number per area",
        /// mOsm/L.
        Osmolarity = "osmolarity",
        /// mOsm/kg.
        Osmolality = "osmolality",
        /// mg/g, mg/kg.
        MassRatio = "mass ratio",
        /// mmol/mol.
        SubstanceRatio = "substance ratio",
        /// mg/mmol.
        MassPerSubstance = "mass per amount of substance",
        /// µmol/g.
        SubstancePerMass = "amount of substance per mass",
        /// mL/kg.
        VolumePerMass = "volume per mass",
        /// U/kg.
        ActivityPerMass = "activity per mass",
        /// kg/m2, mg/m2.
        MassPerArea = "mass per area",
        /// mL/m2.
        VolumePerArea = "volume per area",
        /// mm/h, cm/s.
        Velocity = "velocity",
        /// /min, Hz.
        Frequency = "frequency",
        /// mg/d.
        MassRate = "mass rate",
        /// mmol/d.
        SubstanceRate = "rate of substance",
        /// mEq/d.
        EquivalentRate = "rate of equivalents",
        /// IU/d.
        ActivityRate = "activity rate",
        /// kcal/d.
        EnergyRate = "energy rate",
        /// mL/min.
        VolumeRate = "volume rate",
        /// mL/min/1.73m2.
        NormalisedClearance = "normalised clearance",
        /// L/min/m2.
        VolumeRatePerArea = "volume rate per area",
        /// mL/kg/h.
        VolumeRatePerMass = "volume rate per mass",
        /// mg/kg/d.
        DoseRate = "dose rate",
        /// IU/kg/d.
        ActivityRatePerMass = "activity rate per mass",
        /// mg/m2/d.
        DoseRatePerArea = "dose rate per area",
        /// MBq/kg.
        RadioactivityPerMass = "radioactivity per mass",
    }
}

impl Dimension {
    /// True for a volume, and for a volume a time, a mass or an area.
    pub fn is_of_volumes(self) -> bool {
        matches!(
            self,
            Dimension::Volume
                | Dimension::VolumeRate
                | Dimension::VolumePerMass
                | Dimension::VolumePerArea
                | Dimension::NormalisedClearance
                | Dimension::VolumeRatePerArea
                | Dimension::VolumeRatePerMass
        )
    }
}
