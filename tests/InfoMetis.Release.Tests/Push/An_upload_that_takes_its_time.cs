using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Push;

public sealed class An_upload_that_takes_its_time : RegistryTest
{
    private static readonly byte[] Bytes = SomeBytes(2_000_000);
    private static readonly Descriptor Blob = new(MediaTypes.AnyContent, Digest.Of(Bytes), Bytes.Length);

    [Fact]
    public async Task Is_let_go_on_for_as_long_as_something_moves()
    {
        var desk = UploadDesk.At(Registry);
        var begin = Clock.GetUtcNow();

        await Target().PushAsync(Blob, _ => Task.FromResult<Stream>(new Slow(Bytes, Pause)), _ => { }, default);

        desk.Of("blob").ShouldHaveSingleItem();
        (Clock.GetUtcNow() - begin).ShouldBeGreaterThan(2 * Idle);

        void Pause() => Clock.Advance(0.6 * Idle);
    }

    [Fact]
    public async Task Is_given_up_where_nothing_moves_for_too_long()
    {
        UploadDesk.At(Registry);

        var failure = await FailureOf(() =>
            Target().PushAsync(Blob, _ => Task.FromResult<Stream>(new Slow(Bytes, Pause)), _ => { }, default)
        );

        failure.Code.ShouldBe(Codes.IdleTooLong);

        void Pause() => Clock.Advance(1.1 * Idle);
    }

    private RegistryTarget Target() =>
        Client(Options()).Target(ImageReference.Parse($"{Registry.Host}/{Repository}:1.0"));

    /// <summary>Lets time pass before each piece but the first.</summary>
    private sealed class Slow(byte[] bytes, Action pause) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
                pause();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
