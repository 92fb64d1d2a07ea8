# What Varnish needs to drop what Dateline tells it to (operating.md, caches in front).
vcl 4.1;

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
}

# The machines that workers run on. What ends TLS on one of these has to refuse PURGE and BAN itself:
# here all of its readers look like it.
acl newsroom {
    "127.0.0.1";
}

sub vcl_recv {
    if (req.method == "PURGE" || req.method == "BAN") {
        if (client.ip !~ newsroom) {
            return (synth(403));
        }
        if (req.method == "PURGE") {
            return (purge);
        }
        # An empty pattern is in every header.
        if (!req.http.Cache-Tag) {
            return (synth(400));
        }
        if (std.ban("obj.http.Cache-Tag ~ " + req.http.Cache-Tag)) {
            return (synth(200));
        }
        return (synth(400, std.ban_error()));
    }
}
