using System.Globalization;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Verifying;

/// <summary>A verification for people: the files, a line for each thing that was proved or not, what to do, the verdict.</summary>
internal sealed class VerifyText(TextWriter writer, Palette palette)
{
    private const int StepWidth = 11;

    public void Write(VerifyResult result)
    {
        Files(result);
        foreach (var step in Enum.GetValues<VerifyStep>())
            writer.WriteLine($"{Name(step).PadRight(StepWidth)}{State(result, step)}");
        foreach (var finding in result.Findings)
        {
            writer.WriteLine();
            FindingText.Write(writer, finding, palette);
        }
        writer.WriteLine();
        if (result.CopyAgain.ToList() is { Count: > 0 } again)
            writer.WriteLine($"copy only these again: {string.Join(' ', again)}");
        Verdict(result);
    }

    public static string Word(FileState state) =>
        state switch
        {
            FileState.Good => "good",
            FileState.Damaged => "damaged",
            FileState.Missing => "missing",
            FileState.Surplus => "not listed",
            _ => "no list to compare with",
        };

    public static string Name(VerifyStep step) => step.ToString().ToLowerInvariant();

    private void Files(VerifyResult result)
    {
        if (result.Files.Count == 0)
            return;
        var table = new TextTable("FILE", "SIZE", "STATE");
        foreach (var file in result.Files)
            table.Add(file.Name, file.Size is { } size ? Units.Bytes(size) : "", Word(file.State));
        table.Write(writer);
        writer.WriteLine();
    }

    private string State(VerifyResult result, VerifyStep step) =>
        result.ErrorsOf(step).Count() is > 0 and var errors ? palette.Bad(Units.Count(errors, "error"))
        : !result.WasTaken(step) ? palette.Of(Severity.Warning, "not looked at")
        : Proved(result, step);

    private string Proved(VerifyResult result, VerifyStep step) =>
        step switch
        {
            VerifyStep.Signature => result.SignedBy.Count > 0
                ? palette.Good($"signed by {string.Join(", ", result.SignedBy)}")
                : palette.Of(Severity.Warning, "not signed, which was allowed"),
            VerifyStep.Files => result.Files.Any(file => file.State is FileState.Good)
                ? palette.Good($"all {result.Files.Count} as SHA256SUMS lists them")
                : palette.Of(Severity.Warning, "no list of hashes to compare with"),
            VerifyStep.Archive => palette.Good($"as documented, {Units.Bytes(result.Reading!.Unpacked)} unpacked"),
            VerifyStep.Content => palette.Good(
                $"{Units.Count(result.Reading!.Blobs, "blob")}, each what its digest says"
            ),
            VerifyStep.Images => palette.Good(
                $"{Units.Count(result.Reading!.Inventory!.Images.Count, "image")}, each complete under every form of its name"
            ),
            VerifyStep.Inventory => palette.Good("agrees with what was found"),
            _ => palette.Good($"fits k0s {result.Coupling!.K0s}{Accepted(result)}"),
        };

    private static string Accepted(VerifyResult result) =>
        result.Reading?.Inventory?.Accepted.Count is > 0 and var count
            ? $", with {Units.Count(count, "finding")} accepted by who built it"
            : "";

    private void Verdict(VerifyResult result)
    {
        var name = result.Reading?.Inventory is { } inventory
            ? $"{inventory.Name} {inventory.Version} for {inventory.Platform}"
            : result.Archive;
        var errors = result.Findings.Count(finding => finding.Severity is Severity.Error);
        var warnings = result.Findings.Count(finding => finding.Severity is Severity.Warning);
        var word = result.IsSound ? palette.Good("sound") : palette.Bad("do not use it");
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {word} ({Units.Count(errors, "error")}, {Units.Count(warnings, "warning")})"
            )
        );
    }
}
