/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/report.h"

#include "base/error.h"
#include "jumperctl/signals.h"

static int
status_of (JmpError code)
{
  switch (code) {
  case JMP_ERROR_USAGE:
    return 2;
  case JMP_ERROR_NOT_FOUND:
    return 3;
  case JMP_ERROR_SEVERAL:
    return 4;
  case JMP_ERROR_PERMISSION:
  case JMP_ERROR_NO_DRIVER:
  case JMP_ERROR_BUSY:
    return 5;
  case JMP_ERROR_FILE:
  case JMP_ERROR_INVALID_FILE:
  case JMP_ERROR_DAMAGED_FILE:
  case JMP_ERROR_DOES_NOT_FIT:
    return 6;
  case JMP_ERROR_VERIFY:
    return 7;
  case JMP_ERROR_DISCONNECTED:
    return 8;
  case JMP_ERROR_NETWORK:
  case JMP_ERROR_ABSENT:
    return 9;
  case JMP_ERROR_READ_PROTECTED:
  case JMP_ERROR_WRITE_PROTECTED:
  case JMP_ERROR_MISMATCH:
  case JMP_ERROR_CHANGED:
  case JMP_ERROR_REFUSED:
    return 10;
  case JMP_ERROR_FAILED:
  case JMP_ERROR_TIMED_OUT:
  case JMP_ERROR_STALLED:
  case JMP_ERROR_PROTOCOL:
  case JMP_ERROR_DEVICE_STATUS:
  case JMP_ERROR_NOT_SUPPORTED:
    return 1;
  }
  return 1;
}

/**
 * ctl_exit_status:
 * @error: (nullable): what went wrong
 *
 * The exit status for an error. Scripts rely on these numbers.
 *
 * Returns: 0 without an error
 */
int
ctl_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;
  if (jmp_error_is_cancelled (error))
    return CTL_INTERRUPTED;
  return error->domain == JMP_ERROR ? status_of ((JmpError)error->code) : 1;
}
