namespace InfoMetis.Release.Manifests;

/// <summary>Names that Windows keeps for itself, whatever ending they have: they are no files there.</summary>
internal static class ReservedName
{
    private static readonly string[] Devices = ["con", "prn", "aux", "nul"];
    private static readonly string[] NumberedDevices = ["com", "lpt"];

    /// <param name="part">Of a path, and not empty.</param>
    public static bool Is(string part)
    {
        var stem = part.Split('.')[0].TrimEnd(' ');
        return part[^1] is '.' or ' '
            || Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (
                stem.Length == 4
                && char.IsAsciiDigit(stem[3])
                && NumberedDevices.Contains(stem[..3], StringComparer.OrdinalIgnoreCase)
            );
    }
}
