namespace InfoMetis.Release.Messages;

/// <summary>What a run of imrel tells the shell. The numbers are a contract: docs/exit-codes.md.</summary>
public enum ExitCode
{
    Sound = 0,
    Usage = 2,
    ManifestInvalid = 10,
    CouplingRefused = 11,
    Drift = 12,
    RegistrySaidNo = 20,
    RegistryNotAsked = 21,
    Integrity = 30,
    SignatureNotTrusted = 31,
    MachineUnfit = 40,
    TargetIncomplete = 50,
    OwnBug = 70,
    Interrupted = 130,
}

public static class ExitCodes
{
    /// <summary>The exit code of one finding, by the family its code belongs to.</summary>
    public static ExitCode Of(string code) =>
        code[3] switch
        {
            '0' => ExitCode.Usage,
            '1' => ExitCode.ManifestInvalid,
            '2' => code.StartsWith("IMR203", StringComparison.Ordinal) ? ExitCode.Drift : ExitCode.CouplingRefused,
            '3' => OfRegistry(code),
            '4' => ExitCode.Integrity,
            '5' => code[4] is '2' ? ExitCode.SignatureNotTrusted : ExitCode.Integrity,
            '6' => code[4] is '2' ? ExitCode.TargetIncomplete : ExitCode.MachineUnfit,
            _ => ExitCode.OwnBug,
        };

    private static ExitCode OfRegistry(string code) =>
        code[4] switch
        {
            '0' => ExitCode.RegistrySaidNo,
            '1' => ExitCode.RegistryNotAsked,
            '2' => ExitCode.Integrity,
            _ => ExitCode.OwnBug,
        };

    /// <summary>The gravest exit code that the findings ask for; warnings ask only when told to.</summary>
    public static ExitCode Gravest(IEnumerable<Finding> findings, bool strict)
    {
        var least = strict ? Severity.Warning : Severity.Error;
        var gravest = ExitCode.Sound;
        foreach (var finding in findings)
        {
            if (finding.Severity >= least && Of(finding.Code) > gravest)
                gravest = Of(finding.Code);
        }
        return gravest;
    }
}
