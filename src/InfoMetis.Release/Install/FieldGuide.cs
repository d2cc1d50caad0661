namespace InfoMetis.Release.Install;

/// <summary>The page for whoever carries a bundle to a site and installs it there.</summary>
public static class FieldGuide
{
    /// <summary>Among the pages that a bundle has inside, too.</summary>
    private const string Page = "pages/field-guide.md";

    public static ReadOnlyMemory<byte> Bytes => Resource.Bytes(Page);
}
