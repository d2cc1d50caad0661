namespace InfoMetis.Release.Messages;

/// <summary>How grave a finding is. Only errors decide the exit code, unless warnings are asked to.</summary>
public enum Severity
{
    Information,
    Warning,
    Error,
}
