using System.Globalization;
using System.Text;

namespace InfoMetis.Release.Tar;

/// <summary>What headers before a header say of the next member: a name or size that has no room in it.</summary>
internal readonly record struct TarExtension(string? Name, long? Size)
{
    /// <summary>With what another such header says; one for the whole archive (<c>g</c>) says nothing of a member.</summary>
    public TarExtension With(char type, ReadOnlySpan<byte> content) =>
        type switch
        {
            'L' => this with { Name = TarHeader.Text(content) },
            'x' => WithRecords(Encoding.UTF8.GetString(content)),
            _ => this,
        };

    /// <summary>Records are written <c>length key=value</c> and a line feed; the length counts all of it, in bytes.</summary>
    private TarExtension WithRecords(string text)
    {
        var extension = this;
        foreach (var record in text.Split('\n'))
        {
            var (space, equals) = (
                record.IndexOf(' ', StringComparison.Ordinal),
                record.IndexOf('=', StringComparison.Ordinal)
            );
            if (space < 0 || equals < space)
                continue;
            var value = record[(equals + 1)..];
            extension = record[(space + 1)..equals] switch
            {
                "path" => extension with { Name = value },
                "size" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) =>
                    extension with
                    {
                        Size = size,
                    },
                _ => extension,
            };
        }
        return extension;
    }
}
