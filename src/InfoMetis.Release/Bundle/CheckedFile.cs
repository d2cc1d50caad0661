namespace InfoMetis.Release.Bundle;

public enum FileState
{
    /// <summary>It is what SHA256SUMS says.</summary>
    Good,
    Damaged,
    Missing,

    /// <summary>It lies there and is not listed.</summary>
    Surplus,

    /// <summary>There is no list that could say what it should be.</summary>
    Unlisted,
}

/// <summary>A file of a bundle, and what was found of it.</summary>
/// <param name="Size">Null where it was not read.</param>
public sealed record CheckedFile(string Name, FileState State, long? Size);
