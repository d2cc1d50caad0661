using System.Globalization;
using InfoMetis.Release.Install;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Verifying;

/// <summary>What was found of a receipt, for people: what it says, what is wrong with that, the verdict.</summary>
internal sealed class ReceiptText(TextWriter writer, Palette palette)
{
    private const int NameWidth = 11;

    public void Write(CheckedReceipt check)
    {
        if (check.Bundle is { } bundle)
        {
            new VerifyText(writer, palette).Write(bundle);
            writer.WriteLine();
        }
        if (check.Receipt is { } receipt)
            Write(receipt);
        if (check is { Bundle: not null, Receipt: not null })
            Line("bundle", check.Differences.Count == 0 ? "the one that is here" : "another than the one that is here");
        foreach (var finding in check.Findings.Concat(check.Differences))
        {
            writer.WriteLine();
            FindingText.Write(writer, finding, palette);
        }
        writer.WriteLine();
        Verdict(check);
    }

    private void Write(Receipt receipt)
    {
        Line("receipt", $"{Release(receipt)}, {ReceiptWords.Of(receipt.Command)} on {receipt.Host.Name}");
        var (target, images) = (receipt.Target, receipt.Images);
        Line("target", string.Join(", ", new[] { target.Kind, target.Place, target.Runtime }.Where(t => t.Length > 0)));
        Line("when", $"{receipt.Started} to {receipt.Ended}, by the clock of the host");
        var complete = images.Count(image => image.IsComplete);
        var names = Units.Count(images.Sum(image => image.Names.Count), "name");
        Line("images", $"{complete} of {images.Count} complete, under {names}; chosen: {receipt.Selection}");
        foreach (var proof in images.Select(image => image.Proof).Where(proof => proof.Length > 0).Distinct())
            Line("proof", proof);
        Line("signed", receipt.Trust.IsSigned ? $"by {string.Join(", ", receipt.Trust.Keys)}" : "not said");
        foreach (var finding in receipt.Findings)
            Line("noted", $"{FindingText.Name(finding.Severity)} {finding.Code} {finding.Fact}");
    }

    private void Verdict(CheckedReceipt check)
    {
        var name = check.Receipt is { } receipt ? $"{Release(receipt)} on {receipt.Host.Name}" : check.File;
        var errors = check.All.Count(finding => finding.Severity is Severity.Error);
        var warnings = check.All.Count(finding => finding.Severity is Severity.Warning);
        var word = check.IsProof ? palette.Good("proved by its receipt") : palette.Bad("not proved");
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Message.Shown(name)}: {word} ({Units.Count(errors, "error")}, {Units.Count(warnings, "warning")})"
            )
        );
    }

    private static string Release(Receipt receipt) => $"{receipt.Name} {receipt.Version} for {receipt.Platform}";

    /// <summary>What is said comes from a host that nobody here has seen.</summary>
    private void Line(string what, string said) => new Labelled(writer, NameWidth).Write(what, Message.Shown(said));
}
