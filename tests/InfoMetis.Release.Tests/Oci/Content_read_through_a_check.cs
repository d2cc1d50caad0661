using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Oci;

public sealed class Content_read_through_a_check
{
    [Fact]
    public void Is_the_same_however_it_is_split() =>
        Prop.ForAll<byte[], int[], int>(
                (bytes, pieces, seed) =>
                {
                    var sample = Sample.Of(bytes);
                    using var stream = Checked(bytes, sample.Descriptor, pieces);
                    return ReadAll(stream, 1 + Math.Abs(seed % 17)).SequenceEqual(bytes);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Is_refused_for_any_flipped_bit() =>
        Prop.ForAll<NonEmptyArray<byte>, NonNegativeInt, int[]>(
                (bytes, at, pieces) =>
                {
                    var sample = Sample.Of(bytes.Get);
                    var wrong = bytes.Get.ToArray();
                    wrong[at.Get / 8 % wrong.Length] ^= (byte)(1 << (at.Get % 8));
                    using var stream = Checked(wrong, sample.Descriptor, pieces);
                    return Should.Throw<ReleaseException>(() => ReadAll(stream, 7)).Finding.Code
                        == Codes.ContentWrongDigest;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Is_short_where_any_part_of_its_end_is_missing() =>
        Prop.ForAll<NonEmptyArray<byte>, NonNegativeInt, int[]>(
                (bytes, cut, pieces) =>
                {
                    var sample = Sample.Of(bytes.Get);
                    var length = cut.Get % bytes.Get.Length;
                    using var stream = Checked(bytes.Get[..length], sample.Descriptor, pieces);
                    var finding = Should.Throw<ReleaseException>(() => ReadAll(stream, 5)).Finding;
                    return finding.Code == Codes.ContentShort && finding.Fact.Contains($"after {length:N0} of");
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task Is_too_long_where_it_goes_on_and_never_yields_the_excess()
    {
        var sample = Sample.Random(1000, seed: 1);
        await using var stream = Checked([.. sample.Bytes, 1, 2, 3], sample.Descriptor, []);
        var buffer = new byte[5000];
        (await stream.ReadAsync(buffer)).ShouldBe(1000);
        var failure = await Should.ThrowAsync<ReleaseException>(() => stream.ReadAsync(buffer).AsTask());
        failure.Finding.Code.ShouldBe(Codes.ContentTooLong);
        ExitCodes.Of(failure.Finding.Code).ShouldBe(ExitCode.Integrity);
    }

    [Fact]
    public async Task Gives_out_nothing_of_a_wrong_last_piece()
    {
        var sample = Sample.Random(1000, seed: 2);
        await using var stream = Checked(Sample.Random(1000, seed: 3).Bytes, sample.Descriptor, []);
        var buffer = new byte[1000];
        await Should.ThrowAsync<ReleaseException>(() => stream.ReadAsync(buffer).AsTask());
        buffer.ShouldAllBe(b => b == 0);
    }

    [Fact]
    public async Task Fails_again_once_it_failed()
    {
        var sample = Sample.Random(10, seed: 4);
        await using var stream = Checked([.. sample.Bytes[..5]], sample.Descriptor, []);
        var buffer = new byte[10];
        (await stream.ReadAsync(buffer)).ShouldBe(5);
        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<ReleaseException>(() => stream.ReadAsync(buffer).AsTask())).Finding.Code.ShouldBe(
                Codes.ContentShort
            );
    }

    [Fact]
    public void May_be_empty_and_is_checked_then_too()
    {
        using var right = Checked([], Sample.Of("").Descriptor, []);
        ReadAll(right, 10).ShouldBeEmpty();
        using var wrong = Checked([], new Descriptor("any", Sample.Of("x").Digest, 0), []);
        Should.Throw<ReleaseException>(() => ReadAll(wrong, 10)).Finding.Code.ShouldBe(Codes.ContentWrongDigest);
    }

    private static VerifyingStream Checked(byte[] bytes, Descriptor expected, int[] pieces) =>
        new(new PiecemealStream(bytes, [.. pieces.Select(p => Math.Abs(p % 32))]), expected);

    private static byte[] ReadAll(VerifyingStream stream, int bufferSize)
    {
        using var output = new MemoryStream();
        stream.CopyTo(output, bufferSize);
        return output.ToArray();
    }
}
