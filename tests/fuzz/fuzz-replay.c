/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "usb/recorder.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = jmp_usb_replay_new (text, &error);
  g_autoptr (GBytes) descriptors = NULL;
  const JmpUsbSetup get_status = { 0xA1, 3, 0, 0, 6 };
  guint8 status[6];

  fuzz_check ((usb == NULL) == (error != NULL));
  if (usb == NULL)
    return 0;
  descriptors = jmp_usb_descriptors (usb, NULL);
  jmp_usb_claim (usb, 0, NULL);
  jmp_usb_set_alt (usb, 0, 1, NULL);
  fuzz_check (jmp_usb_control (usb, &get_status, status, 100, NULL, NULL) <= 6);
  jmp_usb_replay_is_finished (usb);
  return 0;
}
