#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads from servers of this computer whose certificates are right or wrong: tls.py RUNNER GET-FILE

GET-FILE is tests/release-http/get-file for Windows, RUNNER what runs it. Exit status 0 when exactly the
right certificate was accepted.
"""

import functools
import http.server
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading

BODY = b"firmware" * 1000

# Certificate, whom the program trusts (None: what the system trusts), what it is to say.
CASES = (
    ("good", "ca", "8000 bytes"),
    ("good", "other", "certificate is not trusted"),
    ("host", "ca", "certificate is not trusted"),
    ("expired", "ca", "NOT_TIME_VALID"),
    ("good", None, "certificate is not trusted"),
)


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def make_authority(folder, name):
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
            "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem")


def make_server(folder, name, names, days):
    (folder / "extensions").write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
            "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.csr")
    openssl("x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", str(days), "-extfile", folder / "extensions", "-out", folder / f"{name}.pem")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *arguments):
        pass  # a client that refuses the certificate hangs up


@functools.cache
def serve(folder, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    server = Server(("127.0.0.1", 0), Handler)
    # Each client's handshake on the thread of that client.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    command = sys.argv[1:]
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_authority(folder, "ca")
        make_authority(folder, "other")
        make_server(folder, "good", "DNS:localhost", 2)
        make_server(folder, "host", "DNS:elsewhere.invalid", 2)
        make_server(folder, "expired", "DNS:localhost", -1)
        for certificate, authority, expected in CASES:
            arguments = [f"https://localhost:{serve(folder, certificate)}/a"]
            if authority:
                arguments.append(str(folder / f"{authority}.pem"))
            done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=60, check=False)
            said = done.stdout.strip()
            right = expected in said and (done.returncode == 0) == expected.endswith("bytes")
            print(f"{'ok   ' if right else 'WRONG'} {certificate}, trusting {authority or 'the system'}: {said}")
            # Wine's Schannel takes every certificate where the system is to judge; on Windows it does not.
            wrong += not right and authority is not None
    return wrong != 0


sys.exit(main())
