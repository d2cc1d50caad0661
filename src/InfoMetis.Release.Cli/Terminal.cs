using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli;

/// <summary>All that a command sees of the world it runs in: data goes to <see cref="Out"/>, all else to <see cref="Error"/>.</summary>
internal sealed record Terminal
{
    /// <summary>Opens what comes in by a pipe; only who is told to read it does.</summary>
    public Func<Stream> In { get; init; } = () => Stream.Null;
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }

    /// <summary>Below <see cref="Out"/>, for data that is no text.</summary>
    public required Stream OutBytes { get; init; }

    /// <summary>A person watches <see cref="Out"/>.</summary>
    public required bool IsOutTerminal { get; init; }
    public required Palette OutPalette { get; init; }
    public required Palette ErrorPalette { get; init; }

    /// <summary>A person watches <see cref="Error"/>, and what was written there can be written over.</summary>
    public required bool IsErrorTerminal { get; init; }

    /// <summary>Shows a prompt and takes what is typed, unseen; null where nobody is there to type.</summary>
    public required Func<string, string?> AskSecret { get; init; }
    public required TimeProvider Clock { get; init; }

    /// <summary>The environment variables that say something: an empty one counts as not set.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
