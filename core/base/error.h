/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one error domain of the core.
 *
 * One code for each thing that a person would be told, or that a caller would do differently.
 * Cancelling is not here: it is always G_IO_ERROR_CANCELLED. Messages are lower case, say where and
 * what ("erasing 0x08004000: …"), and are for details; sentences for people are made above the core,
 * from the code. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JMP_ERROR (jmp_error_quark ())
GQuark jmp_error_quark (void);

/**
 * JmpError:
 * @JMP_ERROR_FAILED: none of the others
 * @JMP_ERROR_NOT_FOUND: no such board
 * @JMP_ERROR_SEVERAL: several boards where one had to be named
 * @JMP_ERROR_PERMISSION: the system does not let this user open the board
 * @JMP_ERROR_NO_DRIVER: no driver, or one that libusb cannot use
 * @JMP_ERROR_BUSY: another program has the board
 * @JMP_ERROR_DISCONNECTED: the board went away
 * @JMP_ERROR_TIMED_OUT: the board did not answer in time
 * @JMP_ERROR_STALLED: the board refused a request (STALL)
 * @JMP_ERROR_PROTOCOL: the board answered something that makes no sense
 * @JMP_ERROR_DEVICE_STATUS: the board reported an error status (DFU 1.1, 6.1.2)
 * @JMP_ERROR_READ_PROTECTED: the board's memory cannot be read
 * @JMP_ERROR_WRITE_PROTECTED: a sector cannot be written or erased
 * @JMP_ERROR_NOT_SUPPORTED: the board or the program cannot do this
 * @JMP_ERROR_FILE: a file cannot be read or written
 * @JMP_ERROR_INVALID_FILE: not a firmware file, or one that contradicts itself
 * @JMP_ERROR_DAMAGED_FILE: a firmware file whose check sum or length is wrong
 * @JMP_ERROR_DOES_NOT_FIT: an address range outside the board's memory
 * @JMP_ERROR_MISMATCH: a file made for another board
 * @JMP_ERROR_REFUSED: not done without the person's consent
 * @JMP_ERROR_VERIFY: what was read back differs from what was written
 * @JMP_ERROR_NETWORK: a download failed
 * @JMP_ERROR_ABSENT: the server says that there is no such file
 * @JMP_ERROR_CHANGED: the file behind an address is not what it was when first seen
 * @JMP_ERROR_USAGE: the request itself makes no sense
 */
typedef enum {
  JMP_ERROR_FAILED,
  JMP_ERROR_NOT_FOUND,
  JMP_ERROR_SEVERAL,
  JMP_ERROR_PERMISSION,
  JMP_ERROR_NO_DRIVER,
  JMP_ERROR_BUSY,
  JMP_ERROR_DISCONNECTED,
  JMP_ERROR_TIMED_OUT,
  JMP_ERROR_STALLED,
  JMP_ERROR_PROTOCOL,
  JMP_ERROR_DEVICE_STATUS,
  JMP_ERROR_READ_PROTECTED,
  JMP_ERROR_WRITE_PROTECTED,
  JMP_ERROR_NOT_SUPPORTED,
  JMP_ERROR_FILE,
  JMP_ERROR_INVALID_FILE,
  JMP_ERROR_DAMAGED_FILE,
  JMP_ERROR_DOES_NOT_FIT,
  JMP_ERROR_MISMATCH,
  JMP_ERROR_REFUSED,
  JMP_ERROR_VERIFY,
  JMP_ERROR_NETWORK,
  JMP_ERROR_ABSENT,
  JMP_ERROR_CHANGED,
  JMP_ERROR_USAGE,
} JmpError;

const char *jmp_error_to_string (JmpError code);
gboolean jmp_error_is_cancelled (const GError *error);

G_END_DECLS
