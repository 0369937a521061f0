/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "serial/port-private.h"

#include <windows.h>

/* libserialport (windows.c) counts from 1, as libusb did up to 1.0.21. */
const int jmp_serial_address_offset = 1;

/* Windows lets one program at a time open a port, and says "access denied" to the next. */
JmpError
jmp_serial_map_error (int code)
{
  switch (code) {
  case ERROR_ACCESS_DENIED:
  case ERROR_SHARING_VIOLATION:
    return JMP_ERROR_BUSY;
  case ERROR_FILE_NOT_FOUND:
  case ERROR_INVALID_NAME:
  case ERROR_PATH_NOT_FOUND:
  case ERROR_DEVICE_NOT_CONNECTED:
  case ERROR_BAD_COMMAND:
  case ERROR_GEN_FAILURE:
  case ERROR_OPERATION_ABORTED:
  case ERROR_INVALID_HANDLE:
    return JMP_ERROR_DISCONNECTED;
  default:
    return JMP_ERROR_FAILED;
  }
}

gboolean
jmp_serial_take (struct sp_port *port, GError **error)
{
  return TRUE;
}

void
jmp_serial_give_back (struct sp_port *port)
{
}

gboolean
jmp_serial_is_gone (struct sp_port *port)
{
  HANDLE handle = INVALID_HANDLE_VALUE;
  DWORD errors;
  COMSTAT state;

  return sp_get_port_handle (port, &handle) != SP_OK || !ClearCommError (handle, &errors, &state);
}
