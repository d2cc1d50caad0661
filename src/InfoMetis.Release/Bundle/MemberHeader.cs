using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Says of a header that is not the expected one what is wrong with it. It is read leniently, and only for that: nothing is
/// ever taken from a member that is not byte for byte as it must be.
/// </summary>
internal static class MemberHeader
{
    /// <summary>The member, as far as one can tell, and why it is refused.</summary>
    public static (TarMember? Member, string Reason) Judge(
        ReadOnlySpan<byte> block,
        string? expected,
        IReadOnlyCollection<string> seen
    )
    {
        if (TarHeader.Parse(block, offset: 0) is not { } member)
            return (null, "its header is damaged");
        return (member, OfType(member.Type) ?? MemberName.Objection(member.Name, seen) ?? Other(member, expected));
    }

    private static string? OfType(char type) =>
        type switch
        {
            '0' => null,
            '\0' => "it is marked as a file in the way of old tar programs",
            '1' => "it is a hard link",
            '2' => "it is a symbolic link",
            '3' or '4' => "it is a device",
            '5' => "it is a folder",
            '6' => "it is a pipe",
            'x' or 'g' or 'L' or 'K' => "it is an extended header",
            'S' => "it is a sparse file",
            _ => "it is no regular file",
        };

    private static string Other(TarMember member, string? expected) =>
        member.Name == expected
            ? "its size, mode, owner or time is not what the bundle declares"
            : $"no member of that name belongs here{(expected is null ? "" : $", but {expected}")}";
}
