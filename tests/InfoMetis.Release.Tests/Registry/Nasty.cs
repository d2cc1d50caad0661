using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>Answers that a registry should not give, and sometimes does.</summary>
public static class Nasty
{
    public static Answer Status(int status, string? code = null, string? retryAfter = null) =>
        async context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            if (code is not null && !HttpMethods.IsHead(context.Request.Method))
                await context.Response.WriteAsync($$"""{"errors":[{"code":"{{code}}","message":"no"}]}""");
        };

    public static Answer Header(string name, string value, Answer then) =>
        context =>
        {
            context.Response.Headers[name] = value;
            return then(context);
        };

    public static Answer Challenge(string header) => Header("WWW-Authenticate", header, Status(401, "UNAUTHORIZED"));

    public static Answer Redirect(string target, int status = 307) => Header("Location", target, Status(status));

    public static Answer Bytes(int status, string? contentType, byte[] body) =>
        async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        };

    /// <summary>All that is asked for, and no word of how much it is.</summary>
    public static Answer WithoutLength(byte[] body) =>
        async context =>
        {
            await context.Response.StartAsync();
            await context.Response.Body.WriteAsync(body);
        };

    /// <summary>Promises the rest of the content, sends some of it, and closes.</summary>
    public static Answer Cut(byte[] content, int after) => context => BeginAsync(context, content, after);

    /// <summary>As <see cref="Cut"/>, with a reset in place of a farewell.</summary>
    public static Answer Reset(byte[] content, int after) =>
        async context =>
        {
            await BeginAsync(context, content, after);
            var socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        };

    /// <summary>Sends some of the content, and then nothing until it is let go.</summary>
    public static Answer Stall(byte[] content, int after, Task until) =>
        async context =>
        {
            await BeginAsync(context, content, after);
            await until;
            context.Abort();
        };

    /// <summary>Takes the request and says nothing until it is let go.</summary>
    public static Answer Silence(TaskCompletionSource arrived, Task until) =>
        async context =>
        {
            arrived.SetResult();
            await until;
            context.Abort();
        };

    /// <summary>Sends until the other side has had enough.</summary>
    public static Answer Endless(string contentType) =>
        async context =>
        {
            context.Response.ContentType = contentType;
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk);
        };

    private static async Task BeginAsync(HttpContext context, byte[] content, int after)
    {
        var start = (int)(context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0);
        if (start > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }
        context.Response.ContentLength = content.Length - start;
        await context.Response.StartAsync();
        await context.Response.Body.WriteAsync(content.AsMemory(start, Math.Min(after, content.Length - start)));
        await context.Response.Body.FlushAsync();
    }
}
