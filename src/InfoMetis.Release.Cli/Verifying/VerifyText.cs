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
            State(result, step);
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

    private void State(VerifyResult result, VerifyStep step)
    {
        if (result.ErrorsOf(step).Count() is > 0 and var errors)
            Line(Units.Count(errors, "error"), palette.Bad);
        else if (!result.WasTaken(step))
            Line("not looked at", Warn);
        else if (Unproved(result, step) is { } lacking)
            Line(lacking, Warn);
        else
            Line(Proved(result, step), palette.Good);

        void Line(string said, Func<string, string> paint) =>
            new Labelled(writer, StepWidth).Write(Name(step), said, paint);
    }

    private string Warn(string text) => palette.Of(Severity.Warning, text);

    /// <summary>What was looked at, and could not be more than allowed.</summary>
    private static string? Unproved(VerifyResult result, VerifyStep step) =>
        step switch
        {
            VerifyStep.Signature when result.SignedBy.Count == 0 => "not signed, which was allowed",
            VerifyStep.Files when result.Files.All(file => file.State is not FileState.Good) =>
                "no list of hashes to compare with",
            _ => null,
        };

    private static string Proved(VerifyResult result, VerifyStep step) =>
        step switch
        {
            VerifyStep.Signature => $"signed by {string.Join(", ", result.SignedBy)}",
            VerifyStep.Files => $"all {result.Files.Count} as SHA256SUMS lists them",
            VerifyStep.Archive => $"as documented, {Units.Bytes(result.Reading!.Unpacked)} unpacked",
            VerifyStep.Content => $"{Units.Count(result.Reading!.Blobs, "blob")}, each what its digest says",
            VerifyStep.Images =>
                $"{Units.Count(result.Reading!.Inventory!.Images.Count, "image")}, each complete under every form of its name",
            VerifyStep.Inventory => "agrees with what was found",
            _ => $"fits k0s {result.Coupling!.K0s}{Accepted(result)}",
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
