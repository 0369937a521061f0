/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/ledger-private.h"

/* A host in a loop must not fill the memory; beyond this many, violations are only counted. */
#define MAX_TEXTS 1000

void
jmp_virtual_ledger_init (JmpVirtualLedger *self)
{
  self->counters = (JmpVirtualCounters){ 0 };
  self->violations = g_ptr_array_new_with_free_func (g_free);
}

void
jmp_virtual_ledger_clear (JmpVirtualLedger *self)
{
  g_clear_pointer (&self->violations, g_ptr_array_unref);
}

/* Back to nothing counted. */
void
jmp_virtual_ledger_reset (JmpVirtualLedger *self)
{
  self->counters = (JmpVirtualCounters){ 0 };
  g_ptr_array_set_size (self->violations, 0);
}

void
jmp_virtual_ledger_violation_v (JmpVirtualLedger *self, const char *format, va_list args)
{
  self->counters.violations++;
  if (self->violations->len < MAX_TEXTS)
    g_ptr_array_add (self->violations, g_strdup_vprintf (format, args));
}

/* Notes that the host broke a rule. */
void
jmp_virtual_ledger_violation (JmpVirtualLedger *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  jmp_virtual_ledger_violation_v (self, format, args);
  va_end (args);
}

/* A copy of the texts, NULL-terminated. */
char **
jmp_virtual_ledger_to_strv (JmpVirtualLedger *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->violations->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->violations, i));
  return g_strv_builder_end (builder);
}
