using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>What somebody put in, left out, moved or changed in the tar, with every other byte as it was.</summary>
public sealed class A_hostile_archive
{
    public static TheoryData<string, char, string> Strangers =>
        new()
        {
            { "infometis/link", '1', "it is a hard link" },
            { "infometis/link", '2', "it is a symbolic link" },
            { "infometis/device", '3', "it is a device" },
            { "infometis/device", '4', "it is a device" },
            { "infometis/docs", '5', "it is a folder" },
            { "infometis/pipe", '6', "it is a pipe" },
            { "infometis/pax", 'x', "it is an extended header" },
            { "infometis/pax", 'g', "it is an extended header" },
            { "././@LongLink", 'L', "it is an extended header" },
            { "infometis/sparse", 'S', "it is a sparse file" },
            { "infometis/strange", 'Z', "it is no regular file" },
            { "infometis/old", '\0', "in the way of old tar programs" },
            { "", '0', "it has no name" },
            { "/etc/passwd", '0', "its path is absolute" },
            { "../../etc/passwd", '0', "its path leads out of the archive" },
            { "infometis/docs/../../x", '0', "its path leads out of the archive" },
            { "infometis\\docs\\x", '0', "its path has a backslash" },
            { "C:/Windows/x", '0', "its path has a colon" },
            { "infometis/docs/a:b", '0', "its path has a colon" },
            { "infometis/docs/a\nb", '0', "its path has a control character" },
            { "infometis/./docs/x", '0', "not written in the shortest way" },
            { "infometis//docs", '0', "not written in the shortest way" },
            { "infometis/docs/CON", '0', "a name that Windows reserves" },
            { "infometis/docs/nul.txt", '0', "a name that Windows reserves" },
            { "infometis/docs/Lpt1", '0', "a name that Windows reserves" },
            { "infometis/docs/trailing.", '0', "a name that Windows reserves" },
            { "infometis/release.yaml", '0', "it is there twice" },
            { "infometis/Release.YAML", '0', "only in the case of letters" },
            { "install.sh", '0', "no member of that name belongs here" },
        };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Is_refused_for_a_stranger_by_its_name(string name, char type, string reason)
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        tar.Members.Insert(3, TarPiece.File(name, "evil"u8.ToArray(), type, link: "/etc/passwd"));
        var findings = Refused(tar);
        findings.Count.ShouldBe(1, findings.Show());
        findings[0].Fact.ShouldContain(reason);
        if (name.Length > 0 && !name.Contains('\n', StringComparison.Ordinal))
            findings[0].Fact.ShouldContain($"'{name}'");
    }

    [Theory]
    [InlineData("blobs/sha256/../../../etc/passwd", "leads out of the archive")]
    [InlineData("INDEX.json", "only in the case of letters")]
    [InlineData("oci-layout", "it is there twice")]
    [InlineData("manifest.json", "no member of that name belongs here")]
    [InlineData("blobs/sha256/ABC", "no member of that name belongs here")]
    public void Is_refused_for_a_stranger_among_the_images(string name, string reason)
    {
        var tar = TarEdit
            .Of(TinyBundle.Tar)
            .WithImages(images => images.Members.Insert(4, TarPiece.File(name, "evil"u8.ToArray())));
        Refused(tar).ShouldContain(finding => finding.Fact.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_refused_for_every_stranger_at_once()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        tar.Members.Insert(3, TarPiece.File("../one", "evil"u8.ToArray()));
        tar.Members.Insert(5, TarPiece.File("/two", "evil"u8.ToArray()));
        tar.WithImages(images => images.Members.Add(TarPiece.File("three", "evil"u8.ToArray())));
        Refused(tar).Select(finding => finding.Subject).Take(3).ShouldBe(["../one", "/two", "three"]);
    }

    [Fact]
    public void Is_refused_for_strangers_without_end()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        for (var i = 0; i < 1000; i++)
            tar.Members.Insert(3, TarPiece.File($"stranger-{i}", []));
        Refused(tar).Count.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData(100, "0000755", "mode")]
    [InlineData(108, "0001750", "owner")]
    [InlineData(136, "15040673043", "time")]
    [InlineData(265, "root", "owner")]
    [InlineData(500, "something", "the room that nothing uses")]
    public void Is_refused_for_a_header_that_differs_in_anything(int at, string text, string what)
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        tar["infometis/coupling.json"] = tar["infometis/coupling.json"].With(at, text);
        Refused(tar)
            .ShouldContain(
                finding => finding.Fact.Contains("is not what the bundle declares", StringComparison.Ordinal),
                what
            );
    }

    [Fact]
    public void Is_refused_for_a_member_that_is_larger_or_smaller_than_declared()
    {
        foreach (var size in (int[])[0, 2, 4, 5000])
        {
            var tar = TarEdit.Of(TinyBundle.Tar);
            tar["infometis/coupling.json"] = tar["infometis/coupling.json"].WithContent(new byte[size]);
            Refused(tar);
        }
    }

    [Fact]
    public void Is_refused_for_a_size_that_nothing_could_have()
    {
        foreach (var size in (string[])["77777777777", "\x80\0\0\0\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"])
        {
            for (var at = 0; at < 4; at++)
            {
                var tar = TarEdit.Of(TinyBundle.Tar);
                tar.Members[at] = tar.Members[at].With(124, size);
                Refused(tar);
            }
        }
    }

    [Fact]
    public void Is_refused_without_any_one_of_its_members()
    {
        var count = TarEdit.Of(TinyBundle.Tar).Members.Count;
        for (var at = 0; at < count; at++)
        {
            var tar = TarEdit.Of(TinyBundle.Tar);
            tar.Members.RemoveAt(at);
            CodesOf(tar).ShouldNotBeEmpty($"without member {at}");
        }
    }

    [Fact]
    public void Names_the_member_that_is_missing()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        tar.Members.Remove(tar["infometis/coupling.json"]);
        TinyBundle
            .Read(tar.ToBytes())
            .Findings.ShouldContain(finding =>
                finding.Code == Codes.MemberMissing && finding.Subject == "infometis/coupling.json"
            );
    }

    [Fact]
    public void Is_refused_with_any_two_members_in_the_place_of_each_other()
    {
        var count = TarEdit.Of(TinyBundle.Tar).Members.Count;
        for (var at = 1; at < count; at++)
        {
            var tar = TarEdit.Of(TinyBundle.Tar);
            (tar.Members[at - 1], tar.Members[at]) = (tar.Members[at], tar.Members[at - 1]);
            CodesOf(tar).ShouldNotBeEmpty($"members {at - 1} and {at}");
            var inner = TarEdit.Of(TinyBundle.Tar);
            inner.WithImages(images =>
            {
                var other = at % images.Members.Count;
                (images.Members[0], images.Members[other]) = (images.Members[other], images.Members[0]);
                if (other == 0)
                    images.Members.Reverse();
            });
            CodesOf(inner).ShouldNotBeEmpty($"images {at}");
        }
    }

    [Fact]
    public void Tells_every_blob_that_is_not_what_its_name_says()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        var blobs = new List<string>();
        tar.WithImages(images =>
        {
            foreach (var blob in images.Members.Where(member => member.Content.Length > 500))
            {
                blob.Content[99] ^= 1;
                blobs.Add(blob.Name);
            }
        });
        var findings = TinyBundle.Read(tar.ToBytes()).Findings;
        blobs.Count.ShouldBeGreaterThan(2);
        findings
            .Where(finding => finding.Code == Codes.MemberDamaged)
            .Select(finding => finding.Subject)
            .ShouldBe(blobs);
        findings.ShouldContain(finding => finding.Code == Codes.ImageIncomplete && finding.Subject == "one");
    }

    [Fact]
    public void Is_refused_where_its_padding_holds_something()
    {
        var whole = TinyBundle.Tar;
        var padding = whole.AsSpan().IndexOf("{}\n\0\0\0"u8) + 10;
        var bytes = whole.ToArray();
        bytes[padding] = 1;
        TinyBundle
            .Read(bytes)
            .Findings.ShouldContain(finding =>
                finding.Code == Codes.MemberRefused
                && finding.Fact.Contains("where zeros must fill", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Keeps_quiet_about_nothing_that_a_name_could_do_to_a_terminal()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        tar.Members.Insert(3, TarPiece.File("\u001b[2Jsound", []));
        Refused(tar).ShouldAllBe(finding => !finding.Fact.Any(char.IsControl));
    }

    private static IReadOnlyList<Finding> Refused(TarEdit tar)
    {
        var findings = TinyBundle.Read(tar.ToBytes()).Findings;
        findings.ShouldContain(
            finding => finding.Code == Codes.MemberRefused || finding.Code == Codes.ArchiveBroken,
            findings.Show()
        );
        return findings;
    }

    private static IReadOnlyList<string> CodesOf(TarEdit tar) =>
        [.. TinyBundle.Read(tar.ToBytes()).Findings.Select(finding => finding.Code)];
}
