using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>An archive that is well formed and whose inventory says something that is not so.</summary>
public sealed class An_inventory_that_lies
{
    private static readonly Digest Other = Digest.Of("something else"u8);

    [Fact]
    public void Is_told_by_everything_that_it_says()
    {
        Differs(i => i with { Name = "other" }, "the release");
        Differs(i => i with { Version = "1.0.1" }, "the release");
        Differs(i => i with { K0s = "v1.23.17+k0s.0" }, "its k0s");
        Differs(i => i with { Stacks = ["basic"] }, "its stacks");
        Differs(i => i with { Released = i.Released.AddSeconds(1) }, "its time");
        Differs(i => i with { Platform = Platform.Parse("linux/arm64") }, "its platform");
        Differs(
            i => i with { Files = [i.Files[0] with { Sha256 = Other }, .. i.Files.Skip(1)] },
            "infometis/release.yaml"
        );
        Differs(i => i with { Files = [i.Files[0] with { Size = 1 }, .. i.Files.Skip(1)] }, "infometis/release.yaml");
        Differs(i => i with { Index = Other }, "index.json");
        Differs(i => i with { Forecast = i.Forecast with { Archive = 1 } }, "the size of images.tar");
        Differs(i => i with { Forecast = i.Forecast with { Content = 1 } }, "the size of all blobs");
        Differs(i => i with { Compression = i.Compression with { Kind = CompressionKind.Gzip } }, "the packing");
    }

    [Fact]
    public void Is_told_by_what_it_says_of_an_image()
    {
        Image(image => image with { Name = "two" }, "the images");
        Image(image => image with { Group = "auxiliary" }, "one");
        Image(image => image with { Stack = "basic" }, "one");
        Image(image => image with { Reference = image.Reference.Replace("1.0.0", "1.0.1") }, "one");
        Image(image => image with { Digest = Other }, "one");
        Image(image => image with { Content = [.. image.Content.Skip(1)] }, "one");
        Image(image => image with { Content = [.. image.Content.Reverse()] }, "one");
        Image(image => image with { Content = [.. image.Content, Other] }, "one");
    }

    [Fact]
    public void Is_told_by_what_it_says_of_a_blob()
    {
        Blob(blob => blob with { Offset = blob.Offset + 512 });
        Blob(blob => blob with { Frame = blob.Frame + 1 });
        Blob(blob => blob with { MediaType = "application/x" });
        Blob(blob => blob with { Sample = new BlobSample(100, 1) });
    }

    [Fact]
    public void Is_refused_where_the_rest_could_not_be_read_by_it()
    {
        Malformed(i => i with { ImagesSize = long.MaxValue });
        // What a script or a shell may be given to read.
        Malformed(i => i with { Name = "a'b" });
        Malformed(i => i with { Version = "" });
        Malformed(i => i with { K0s = "v1.23.17+k0s.1;" });
        Malformed(i => i with { Tool = "$(reboot)" });
        Malformed(i => i with { Blobs = [i.Blobs[0] with { Size = long.MaxValue / 2 }, .. i.Blobs.Skip(1)] });
        Malformed(i => i with { Blobs = [.. i.Blobs, i.Blobs[0]] });
        Malformed(i => i with { Files = [.. i.Files.Skip(1)] });
        Malformed(i => i with { Files = [.. i.Files.Reverse()] });
        foreach (var path in (string[])["../x", "/x", "infometis/docs/../x", "infometis/docs/CON", "x", ""])
            Malformed(i => i with { Files = [.. i.Files, new InventoryFile(path, 1, Other, 420)] });
        var longest = BundleNames.FilesFolder + new string('x', 101);
        Malformed(i => i with { Files = [.. i.Files, new InventoryFile(longest, 1, Other, 420)] });
        Malformed(i => i with { Files = [i.Files[0] with { Mode = 511 }, .. i.Files.Skip(1)] });
    }

    [Fact]
    public void Is_refused_in_any_other_form_than_the_one_it_is_written_in()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        var member = tar[BundleNames.InventoryMember];
        tar[BundleNames.InventoryMember] = member.WithContent([.. member.Content, (byte)'\n']);
        TinyBundle
            .Read(tar.ToBytes())
            .Findings.ShouldHaveSingleItem()
            .Fact.ShouldContain("not written in the one form");
    }

    [Fact]
    public void Is_told_of_more_than_the_manifest_has_carried() =>
        Differs(
            i => i with { Files = [.. i.Files, new InventoryFile("infometis/files/x", 4, Digest.Of("evil"u8), 493)] },
            "the files that are carried",
            tar => tar.Members.Insert(5, TarPiece.File("infometis/files/x", "evil"u8.ToArray()).With(100, "0000755"))
        );

    [Fact]
    public void Is_told_of_a_blob_that_nothing_needs()
    {
        var surplus = Digest.Of("evil"u8);
        Inventory With(Inventory i)
        {
            var last = i.Blobs[^1];
            var offset = last.Offset + ((last.Size + 511) / 512 * 512) + 512;
            return i with
            {
                Blobs = [.. i.Blobs, new InventoryBlob(surplus, "x", 4, offset, last.Frame + 1, IsStored: true, null)],
                ImagesSize = i.ImagesSize + 1024,
            };
        }
        var tar = Changed(With);
        tar.WithImages(images => images.Members.Add(TarPiece.File($"blobs/sha256/{surplus.Hex}", "evil"u8.ToArray())));
        tar["images.tar"] = tar["images.tar"].WithContent(tar["images.tar"].Content);
        TinyBundle
            .Read(tar.ToBytes())
            .Findings.ShouldContain(finding =>
                finding.Code == Codes.BlobSurplus && finding.Subject == surplus.ToString()
            );
    }

    private static void Image(Func<InventoryImage, InventoryImage> change, string subject) =>
        Differs(inventory => inventory with { Images = [change(inventory.Images[0])] }, subject);

    private static void Blob(Func<InventoryBlob, InventoryBlob> change)
    {
        var last = TinyBundle.Inventory.Blobs[^1];
        Differs(
            inventory => inventory with { Blobs = [.. inventory.Blobs.SkipLast(1), change(last)] },
            last.Digest.ToString()
        );
    }

    private static void Differs(Func<Inventory, Inventory> lie, string subject, Action<TarEdit>? change = null)
    {
        var tar = Changed(lie);
        change?.Invoke(tar);
        var findings = TinyBundle.Read(tar.ToBytes()).Findings;
        findings.ShouldContain(
            finding =>
                (finding.Code == Codes.InventoryDiffers && finding.Subject == subject)
                || finding.Code == Codes.MemberRefused
                || finding.Code == Codes.MemberDamaged,
            $"{subject}: {findings.Show()}"
        );
    }

    private static void Malformed(Func<Inventory, Inventory> lie) =>
        TinyBundle
            .Read(Changed(lie).ToBytes())
            .Findings.ShouldContain(finding => finding.Code == Codes.DocumentMalformed);

    private static TarEdit Changed(Func<Inventory, Inventory> lie)
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        var member = tar[BundleNames.InventoryMember];
        tar[BundleNames.InventoryMember] = member.WithContent(lie(TinyBundle.Inventory).ToBytes());
        return tar;
    }
}
