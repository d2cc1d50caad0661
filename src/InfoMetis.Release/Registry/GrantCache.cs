using System.Collections.Concurrent;

namespace InfoMetis.Release.Registry;

/// <summary>The authorizations in use, one for each origin and scope; however many ask for one, it is obtained once.</summary>
internal sealed class GrantCache(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Origin, string), Slot> _slots = new();

    public Grant? Current(Audience audience) =>
        _slots.TryGetValue((audience.Origin, audience.Scope), out var slot) && slot.Grant is { } grant && IsGood(grant)
            ? grant
            : null;

    /// <param name="refused">The authorization that did not do; one that came since is taken instead of a new one.</param>
    public async Task<Grant?> RenewAsync(
        Audience audience,
        Grant? refused,
        Func<CancellationToken, Task<Grant?>> obtain,
        CancellationToken cancellationToken
    )
    {
        var slot = _slots.GetOrAdd((audience.Origin, audience.Scope), static _ => new Slot());
        await slot.Turn.WaitAsync(cancellationToken);
        try
        {
            if (slot.Grant is not { } grant || ReferenceEquals(grant, refused) || !IsGood(grant))
                slot.Grant = await obtain(cancellationToken);
            return slot.Grant;
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private bool IsGood(Grant grant) => clock.GetUtcNow() < grant.Expires;

    private sealed class Slot
    {
        private volatile Grant? _grant;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public Grant? Grant
        {
            get => _grant;
            set => _grant = value;
        }
    }
}
