/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that answers what a test told it to, and writes down what it was asked. */

#pragma once

#include "usb/usb.h"

JmpUsb *scripted_usb_new (void);
/* The next IN transfer without an answer yet brings these bytes, however many were asked for. */
void scripted_usb_answer (JmpUsb *self, const void *data, gsize size);
/* The next thing asked without an answer yet fails. */
void scripted_usb_fail (JmpUsb *self, GQuark domain, int code);
/* One line for each thing asked: "in a1 03 0000 0000 6". */
const char *scripted_usb_asked (JmpUsb *self);
