using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;
using NuGet.Versioning;

namespace InfoMetis.Release.Coupling;

/// <summary>Reads one rule; docs/coupling.md describes the kinds and their keys.</summary>
internal sealed class CouplingRuleReader(YamlMap map, ICollection<Finding> findings)
{
    private const string Kinds = "one of k0s-images, equals, lockstep, range, floating, ended";

    private readonly Section _section = new(map, "a coupling rule", findings);
    private string _id = "?";

    public CouplingRule? Rule()
    {
        var before = findings.Count;
        var claim = Claim();
        var kind = _section.RequiredText("kind");
        CouplingRule? rule = kind switch
        {
            "k0s-images" => new K0sImagesRule(claim),
            "equals" => Equality(claim),
            "lockstep" => Lockstep(claim),
            "range" => InRange(claim),
            "floating" => Floating(claim),
            "ended" => Ended(claim),
            null => null,
            _ => Broken("kind", $"kind is '{kind}', not {Kinds}"),
        };
        // The keys of a rule depend on its kind: without one, each would be called unknown.
        if (rule is not null)
            _section.Close();
        return findings.Count == before ? rule : null;
    }

    private Claim Claim()
    {
        _id = _section.RequiredText("id") ?? _id;
        var severity = _section.RequiredText("severity") switch
        {
            "error" or null => Severity.Error,
            "warning" => Severity.Warning,
            "information" => Severity.Information,
            var other => Reported(other),
        };
        return new Claim(_id, severity, _section.RequiredText("sentence") ?? "", _section.RequiredText("source") ?? "")
        {
            Hint = _section.Text("hint"),
        };
    }

    private Severity Reported(string severity)
    {
        Broken("severity", $"severity is '{severity}', not one of error, warning, information");
        return Severity.Error;
    }

    private EqualsRule? Equality(Claim claim)
    {
        var image = Repository("image", _section.RequiredText("image"));
        var what = _section.RequiredText("equals");
        if (what is not (null or EqualsRule.K0s or EqualsRule.Kubernetes))
            Broken("equals", $"equals is '{what}', not one of k0s, kubernetes");
        return image is null || what is null ? null : new EqualsRule(claim, image, what);
    }

    private LockstepRule? Lockstep(Claim claim)
    {
        var images = Repositories("images", _section.RequiredTexts("images"));
        if (images.Count == 1)
            Broken("images", "a lockstep needs two images");
        return images.Count < 2 ? null : new LockstepRule(claim, images);
    }

    private RangeRule? InRange(Claim claim)
    {
        var image = Repository("image", _section.RequiredText("image"));
        var versions = _section.Text("versions") is { } text ? Range("versions", text) : null;
        var against = _section.Text("against");
        if (against is not null and not RangeRule.Kubernetes)
            against = Repository("against", against);
        var range = Range("range", _section.RequiredText("range"));
        return image is null || range is null ? null : new RangeRule(claim, image, versions, against, range);
    }

    private FloatingRule Floating(Claim claim)
    {
        var fewer = _section.Text("fewerNumbersThan");
        var count = 0;
        if (fewer is not null && !int.TryParse(fewer, NumberStyles.None, CultureInfo.InvariantCulture, out count))
            Broken("fewerNumbersThan", $"fewerNumbersThan is '{fewer}', not a number");
        return new FloatingRule(claim)
        {
            Tags = [.. _section.Texts("tags").Select(tag => tag.Value)],
            FewerNumbersThan = count,
            Except = Repositories("except", _section.Texts("except")),
            Moved = Tagged(_section.Texts("moved")),
        };
    }

    private EndedRule? Ended(Claim claim)
    {
        var images = Repositories("images", _section.RequiredTexts("images"));
        var versions = Range("versions", _section.RequiredText("versions"));
        var text = _section.RequiredText("ended");
        if (text is null || versions is null)
            return null;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var ended)
        )
            return new EndedRule(claim, images, versions, ended);
        Broken("ended", $"ended is '{text}', not a date such as 2025-08-25");
        return null;
    }

    private VersionRange? Range(string key, string? text)
    {
        if (text is null)
            return null;
        if (VersionRange.TryParse(text, out var range))
            return range;
        Broken(key, $"{key} is '{text}', not a range such as [7.5.0,7.6.0)");
        return null;
    }

    private List<string> Repositories(string key, IReadOnlyList<YamlText> texts)
    {
        var repositories = new List<string>(texts.Count);
        foreach (var text in texts)
        {
            if (Repository(key, text.Value) is { } repository)
                repositories.Add(repository);
        }
        return repositories;
    }

    /// <summary>Rules name repositories as people do; the full name is what is compared.</summary>
    private string? Repository(string key, string? text)
    {
        if (text is null)
            return null;
        if (TryReference(text, out var reference) && reference.Tag is null)
            return reference.Name;
        Broken(key, $"'{text}' is no repository such as docker.io/apache/nifi");
        return null;
    }

    private List<string> Tagged(IReadOnlyList<YamlText> texts)
    {
        var references = new List<string>(texts.Count);
        foreach (var text in texts)
        {
            if (TryReference(text.Value, out var reference) && reference.Tag is not null)
                references.Add(reference.Tagged);
            else
                Broken("moved", $"'{text.Value}' is no reference with a tag");
        }
        return references;
    }

    private static bool TryReference(string text, [NotNullWhen(true)] out ImageReference? reference) =>
        ImageReference.TryParse(text, out reference) && reference.Digest is null;

    private CouplingRule? Broken(string key, string reason)
    {
        findings.Add(Message.RuleBroken(_section.PlaceOf(key), _id, reason));
        return null;
    }
}
