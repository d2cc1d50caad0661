namespace InfoMetis.Release.Coupling;

/// <summary>What changes between two k0s releases.</summary>
/// <param name="Subject">A component, or the name of an image.</param>
/// <param name="Before">Null where only the later release has it.</param>
/// <param name="After">Null where only the earlier release has it.</param>
public sealed record K0sDifference(string Group, string Subject, string? Before, string? After)
{
    public static IEnumerable<K0sDifference> Between(K0sRelease before, K0sRelease after) =>
        [
            .. Compare("component", before.Components, after.Components),
            .. Compare("image", Texts(before.Images), Texts(after.Images)),
            .. Compare("optional", Texts(before.Optional), Texts(after.Optional)),
        ];

    private static IEnumerable<KeyValuePair<string, string>> Texts(IReadOnlyList<K0sImage> images) =>
        images.Select(image => KeyValuePair.Create(image.Name, image.Reference.Tagged));

    private static IEnumerable<K0sDifference> Compare(
        string group,
        IEnumerable<KeyValuePair<string, string>> before,
        IEnumerable<KeyValuePair<string, string>> after
    )
    {
        var left = new Dictionary<string, string>(before);
        var right = new Dictionary<string, string>(after);
        return left
            .Keys.Union(right.Keys)
            .Select(key => new K0sDifference(group, key, left.GetValueOrDefault(key), right.GetValueOrDefault(key)))
            .Where(difference => difference.Before != difference.After);
    }
}
