using System.CommandLine;
using System.Globalization;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>A size as people write it: bytes, <c>4GB</c>, <c>700MiB</c>, or the name of a medium.</summary>
internal static class SizeOption
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("kB", 1_000),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("B", 1),
        ("", 1),
    ];

    /// <param name="media">Names that stand for a size.</param>
    public static Option<string?> Create(
        string name,
        string description,
        IReadOnlyDictionary<string, long> media,
        long smallest
    )
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "SIZE" };
        option.CompletionSources.Add([.. media.Keys]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(Parse(token.Value, media) >= smallest))
                result.AddError(
                    $"{name} takes at least {smallest} bytes, as a number, with a unit as in 4GB or 700MiB, or one of {string.Join(", ", media.Keys)}."
                );
        });
        return option;
    }

    /// <summary>Null where the text is no size.</summary>
    public static long? Parse(string text, IReadOnlyDictionary<string, long> media)
    {
        if (media.TryGetValue(text, out var size))
            return size;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = Array.FindIndex(Units, one => one.Unit == text[digits..].TrimStart());
        return
            unit >= 0
            && long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue / Units[unit].Bytes
            ? number * Units[unit].Bytes
            : null;
    }
}
