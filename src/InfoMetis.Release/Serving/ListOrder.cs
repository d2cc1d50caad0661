namespace InfoMetis.Release.Serving;

/// <summary>The order of lists in which a client pages: letters before their case, and never two that are equal.</summary>
internal static class ListOrder
{
    public static Comparer<string> Comparer { get; } =
        Comparer<string>.Create(
            (one, other) =>
                StringComparer.OrdinalIgnoreCase.Compare(one, other) is not 0 and var order
                    ? order
                    : string.CompareOrdinal(one, other)
        );
}
