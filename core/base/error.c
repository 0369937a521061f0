/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"

#include <gio/gio.h>

/**
 * jmp_error_quark:
 *
 * Returns: the domain of the core's errors
 */
GQuark
jmp_error_quark (void)
{
  return g_quark_from_static_string ("jmp-error-quark");
}

/**
 * jmp_error_to_string:
 * @code: an error code of %JMP_ERROR
 *
 * The stable, machine-readable word for @code, as it stands in the command's JSON ("verify").
 *
 * Returns: (transfer none): a static string
 */
const char *
jmp_error_to_string (JmpError code)
{
  switch (code) {
  case JMP_ERROR_FAILED:
    return "failed";
  case JMP_ERROR_NOT_FOUND:
    return "not-found";
  case JMP_ERROR_SEVERAL:
    return "several";
  case JMP_ERROR_PERMISSION:
    return "permission";
  case JMP_ERROR_NO_DRIVER:
    return "no-driver";
  case JMP_ERROR_BUSY:
    return "busy";
  case JMP_ERROR_DISCONNECTED:
    return "disconnected";
  case JMP_ERROR_TIMED_OUT:
    return "timed-out";
  case JMP_ERROR_STALLED:
    return "stalled";
  case JMP_ERROR_PROTOCOL:
    return "protocol";
  case JMP_ERROR_DEVICE_STATUS:
    return "device-status";
  case JMP_ERROR_READ_PROTECTED:
    return "read-protected";
  case JMP_ERROR_WRITE_PROTECTED:
    return "write-protected";
  case JMP_ERROR_NOT_SUPPORTED:
    return "not-supported";
  case JMP_ERROR_FILE:
    return "file";
  case JMP_ERROR_INVALID_FILE:
    return "invalid-file";
  case JMP_ERROR_DAMAGED_FILE:
    return "damaged-file";
  case JMP_ERROR_DOES_NOT_FIT:
    return "does-not-fit";
  case JMP_ERROR_MISMATCH:
    return "mismatch";
  case JMP_ERROR_REFUSED:
    return "refused";
  case JMP_ERROR_VERIFY:
    return "verify";
  case JMP_ERROR_NETWORK:
    return "network";
  case JMP_ERROR_ABSENT:
    return "absent";
  case JMP_ERROR_CHANGED:
    return "changed";
  case JMP_ERROR_USAGE:
    return "usage";
  }
  return "failed";
}

/**
 * jmp_error_is_cancelled:
 * @error: (nullable): an error
 *
 * Whether @error says that the person cancelled, which no one calls a failure.
 *
 * Returns: %TRUE for %G_IO_ERROR_CANCELLED
 */
gboolean
jmp_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
