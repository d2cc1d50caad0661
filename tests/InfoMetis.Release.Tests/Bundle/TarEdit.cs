using System.Text;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>A member of a tar, header and content apart, so that either can be made to lie.</summary>
internal sealed record TarPiece(byte[] Header, byte[] Content)
{
    public string Name => Encoding.UTF8.GetString(Header.AsSpan(0, 100)).TrimEnd('\0');

    public static TarPiece File(string name, byte[] content, char type = '0', string link = "")
    {
        var header = new byte[512];
        Put(header, 0, name);
        Put(header, 100, "0000644\00000000\00000000\0");
        Put(header, 124, Convert.ToString(content.LongLength, 8).PadLeft(11, '0'));
        Put(header, 136, Convert.ToString(DateTimeOffset.Parse("2025-07-25T21:31:16Z").ToUnixTimeSeconds(), 8));
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, "ustar\000");
        Put(header, 329, "0000000\00000000");
        return new TarPiece(Summed(header), content);
    }

    /// <summary>The same with other bytes in its header, and a sum that fits them.</summary>
    public TarPiece With(int at, string text)
    {
        var header = Header.ToArray();
        Put(header, at, text);
        return this with { Header = Summed(header) };
    }

    public TarPiece WithContent(byte[] content) =>
        With(124, Convert.ToString(content.LongLength, 8).PadLeft(11, '0')) with
        {
            Content = content,
        };

    public byte[] ToBytes() => [.. Header, .. Content, .. new byte[(512 - (Content.Length % 512)) % 512]];

    private static void Put(byte[] header, int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(header, at);

    private static byte[] Summed(byte[] header)
    {
        Put(header, 148, "        ");
        Put(header, 148, Convert.ToString(header.Sum(one => one), 8).PadLeft(6, '0') + "\0 ");
        return header;
    }
}

/// <summary>A tar as a list of members that can be put together in any way; reads and writes by its own lights.</summary>
internal sealed class TarEdit
{
    private TarEdit(IEnumerable<TarPiece> members) => Members = [.. members];

    public List<TarPiece> Members { get; }

    public TarPiece this[string name]
    {
        get => Members.Single(member => member.Name == name);
        set => Members[Members.FindIndex(member => member.Name == name)] = value;
    }

    public static TarEdit Of(byte[] tar)
    {
        var members = new List<TarPiece>();
        for (var at = 0; tar[at] != 0; )
        {
            var size = Convert.ToInt32(Encoding.ASCII.GetString(tar, at + 124, 11), 8);
            members.Add(new TarPiece(tar[at..(at + 512)], tar[(at + 512)..(at + 512 + size)]));
            at += 512 + ((size + 511) / 512 * 512);
        }
        return new TarEdit(members);
    }

    public byte[] ToBytes() => [.. Members.SelectMany(member => member.ToBytes()), .. new byte[1024]];

    /// <summary>Changes the tar within; the size that its header gives is not changed.</summary>
    public TarEdit WithImages(Action<TarEdit> change)
    {
        var images = Of(this["images.tar"].Content);
        change(images);
        this["images.tar"] = this["images.tar"] with { Content = images.ToBytes() };
        return this;
    }
}
