using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Install;

/// <summary>Holds a receipt against itself: whether by its own words all that it speaks of was proved.</summary>
public static class ReceiptCheck
{
    public static IReadOnlyList<Finding> Of(string file, Receipt receipt) =>
        receipt.Command is ReceiptCommand.Install or ReceiptCommand.Status
            ? [.. OfTheRun(receipt), .. receipt.Images.SelectMany(OfImage), .. OfFindings(file, receipt)]
            // A run that looks at the bundle alone, or takes images away, proves nothing of a host, however well it ends.
            : [Message.ReceiptIncomplete("its command", ReceiptWords.Of(receipt.Command))];

    private static IEnumerable<Finding> OfTheRun(Receipt receipt)
    {
        if (receipt.Result is not ReceiptResult.Complete)
            yield return Message.ReceiptIncomplete("its result", ReceiptWords.Of(receipt.Result));
        if (receipt.ExitCode != 0)
            yield return Message.ReceiptIncomplete("its exit code", $"{receipt.ExitCode}");
        if (receipt.Images.Count == 0)
            yield return Message.ReceiptIncomplete("its images", "none");
        var bundle = receipt.Bundle;
        if (receipt.Command is ReceiptCommand.Install && !IsWhole(bundle))
            yield return Message.ReceiptIncomplete("its bundle", "not all of its hashes");
    }

    private static bool IsWhole(ReceiptBundle bundle) =>
        bundle is { Sums: not null, Script: not null, Inventory: not null, Index: not null, Files.Count: > 0 };

    private static IEnumerable<Finding> OfImage(ReceiptImage image)
    {
        if (!image.IsComplete)
            yield return Message.ReceiptIncomplete(image.Name, "incomplete");
        if (image.IsComplete && image.Proof.Length == 0)
            yield return Message.ReceiptIncomplete(image.Name, "complete, without a word of how that was proved");
        if (!image.Content.Contains(image.Digest))
            yield return Message.ReceiptIncomplete(image.Name, "content without what is pinned");
        foreach (var fault in Faults(image))
            yield return Message.ReceiptIncomplete(image.Name, fault);
    }

    /// <summary>What is wrong with the names of an image: one reference, in each form that a pod may use.</summary>
    private static IEnumerable<string> Faults(ReceiptImage image)
    {
        var names = image.Names.Select(name => name.Name).ToList();
        var references = new List<ImageReference>();
        foreach (var name in names)
        {
            if (!ImageReference.TryParse(name, out var reference) || reference.ToString() != name)
                yield return $"a name that is none, {name}";
            else if (reference.Digest is { } digest && digest != image.Digest)
                yield return $"{name}, which is of another digest";
            else
                references.Add(reference);
        }
        var tagged = references.Find(reference => reference.Tag is not null) ?? references.FirstOrDefault();
        if (tagged is null)
            yield return "no name";
        else
        {
            var forms = tagged.FormsWith(image.Digest);
            foreach (var form in forms.Except(names))
                yield return $"names without {form}";
            foreach (var other in references.Select(reference => reference.ToString()).Except(forms))
                yield return $"{other}, which is a name of something else";
            if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
                yield return "a name twice";
        }
    }

    /// <summary>What the script found, said again; an error is one, whatever result stands above it.</summary>
    private static IEnumerable<Finding> OfFindings(string file, Receipt receipt)
    {
        foreach (var finding in receipt.Findings)
        {
            if (finding.Severity is Severity.Error)
                yield return Message.ReceiptIncomplete(finding.Subject, $"{finding.Code} {finding.Fact}");
        }
        // A look at the host checks no signature, and a run that was refused installed nothing.
        if (receipt is { Command: ReceiptCommand.Install, Result: ReceiptResult.Complete, Trust.IsSigned: false })
            yield return Message.UnsignedAllowed(file, "the host installed what nobody it trusts had signed");
    }
}
