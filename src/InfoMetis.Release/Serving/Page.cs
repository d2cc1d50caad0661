using System.Globalization;

namespace InfoMetis.Release.Serving;

/// <summary>A part of an ordered list, as <c>n</c> and <c>last</c> ask for it.</summary>
/// <param name="Next">The last item, where more come after it.</param>
internal readonly record struct Page(IReadOnlyList<string> Items, string? Next)
{
    /// <summary>Null where <paramref name="n"/> is no number of items.</summary>
    public static Page? Of(IEnumerable<string> all, string? n, string? last)
    {
        var most = int.MaxValue;
        if (n is not null && !int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out most))
            return null;
        var rest = all.Where(item => last is null || ListOrder.Comparer.Compare(item, last) > 0).ToList();
        return rest.Count > most && most > 0
            ? new Page(rest[..most], rest[most - 1])
            : new Page(most == 0 ? [] : rest, Next: null);
    }
}
