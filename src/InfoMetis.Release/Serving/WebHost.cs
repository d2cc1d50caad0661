using System.Net;
using System.Net.Sockets;
using InfoMetis.Release.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InfoMetis.Release.Serving;

/// <summary>Kestrel, with nothing beside it: no configuration from files or variables, no logging, no signals of its own.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ServerOptions _options;
    private readonly ImageRequests _requests;
    private readonly Proofs _proofs;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers on their way, and one for the server itself.</summary>
    private int _running = 1;

    private WebHost(ImageRequests requests, Proofs proofs, ServerOptions options)
    {
        (_requests, _proofs, _options) = (requests, proofs, options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Grace);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                // Nobody has anything to say that is longer than its headers.
                kestrel.Limits.MaxRequestBodySize = 0;
                kestrel.Listen(
                    options.Listen,
                    listen =>
                    {
                        if (options.Certificate is { } certificate)
                            listen.UseHttps(https =>
                            {
                                https.ServerCertificate = certificate.Own;
                                https.ServerCertificateChain = certificate.Chain;
                            });
                    }
                );
            });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Where it listens: with the port that was found where any was asked for.</summary>
    public IPEndPoint Endpoint { get; private set; } = new(IPAddress.Loopback, 0);

    public static async Task<WebHost> StartAsync(
        ServedImages images,
        Proofs proofs,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var host = new WebHost(new ImageRequests(images, proofs), proofs, options);
        try
        {
            await host._application.StartAsync(cancellationToken);
            var port = new Uri(host._application.Urls.First()).Port;
            host.Endpoint = new IPEndPoint(options.Listen.Address, port);
            return host;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await host.DisposeAsync();
            throw new ReleaseException(Message.CannotListen(options.Listen.ToString(), exception.Message), exception);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Answers may take their time to end, and are broken off then; only after the last is nobody reading any more.
        await _application.StopAsync(CancellationToken.None);
        await _proofs.StopAsync();
        if (Interlocked.Decrement(ref _running) > 0)
            await _idle.Task;
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _running);
        var begun = _options.Clock.GetTimestamp();
        var answer = new Answer(context);
        try
        {
            await _requests.AnswerAsync(answer, context);
        }
        catch (OperationCanceledException) when (answer.Gone.IsCancellationRequested)
        {
            // The client has left, and nobody is there to be answered.
        }
        catch (Exception exception) when (exception is ReleaseException or OperationCanceledException)
        {
            await FailAsync(answer, exception);
        }
        finally
        {
            Tell(context, answer, _options.Clock.GetElapsedTime(begun));
            if (Interlocked.Decrement(ref _running) == 0)
                _idle.TrySetResult();
        }
    }

    private static async Task FailAsync(Answer answer, Exception exception)
    {
        if (answer.HasStarted)
            answer.Break();
        else
            await answer.ErrorAsync(OciError.Unknown, $"it cannot be given away: {exception.Message}");
    }

    private void Tell(HttpContext context, Answer answer, TimeSpan time) =>
        _options.Served?.Invoke(
            new ServedRequest(
                $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}",
                context.Request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                answer.Status,
                answer.Sent,
                time,
                answer.IsWhole
            )
        );

    /// <summary>A server is a part of a program here, and that decides what a signal means.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
