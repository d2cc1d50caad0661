using System.Diagnostics;

namespace InfoMetis.Release.Registry;

/// <summary>Text that must never be shown: whoever prints it prints three asterisks.</summary>
[DebuggerDisplay("***")]
public sealed class Secret(string value)
{
    public override string ToString() => "***";

    internal string Reveal() => value;
}
