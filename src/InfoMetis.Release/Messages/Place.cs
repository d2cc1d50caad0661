namespace InfoMetis.Release.Messages;

/// <summary>Where in a file something stands; lines and columns count from one.</summary>
public sealed record Place(string File, int Line = 1, int Column = 1)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
