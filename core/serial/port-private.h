/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the systems do differently about an open port: serial-posix.c or serial-win32.c. */

#pragma once

#include "base/error.h"

#include <gio/gio.h>
#include <libserialport.h>

G_BEGIN_DECLS

/* Which of our errors a system's is (errno, GetLastError()). */
JmpError jmp_serial_map_error (int code);
/* Keeps other programs off the open port; FALSE with %JMP_ERROR_BUSY when one has it. */
gboolean jmp_serial_take (struct sp_port *port, GError **error);
/* Before the port is closed: lets others open it, should one have it open. */
void jmp_serial_give_back (struct sp_port *port);
/* Whether the open port went away. */
gboolean jmp_serial_is_gone (struct sp_port *port);

/* What libserialport's USB addresses are ahead of libusb's. */
extern const int jmp_serial_address_offset;

/* ports-linux.c: "1-4.2" out of ".../usb1/1-4/1-4.2/1-4.2:1.1/tty/ttyACM0"; NULL for what is not behind
 * USB. */
char *jmp_serial_find_usb_path (const char *sysfs_path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
