/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "preferences/settings.h"

/* What the schema has as default, for where there is none. */
static const struct {
  const char *key;
  int value;
} DEFAULTS[] = {
  { JMP_SETTING_WINDOW_WIDTH, 1180 },      { JMP_SETTING_WINDOW_HEIGHT, 820 },
  { JMP_SETTING_WINDOW_MAXIMIZED, FALSE }, { JMP_SETTING_CHANNEL, JMP_CHANNEL_STABLE },
  { JMP_SETTING_LOOK_BY_ITSELF, TRUE },    { JMP_SETTING_BACKUP_FIRST, TRUE },
  { JMP_SETTING_EXPERT_DETAILS, FALSE },   { JMP_SETTING_WELCOME_SHOWN, FALSE },
};

static int
find_default (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (DEFAULTS); i++) {
    if (g_str_equal (DEFAULTS[i].key, key))
      return DEFAULTS[i].value;
  }
  g_return_val_if_reached (0);
}

/* An older schema may lack a key; GSettings would end the program. */
static gboolean
has_all_keys (GSettingsSchema *schema)
{
  for (guint i = 0; i < G_N_ELEMENTS (DEFAULTS); i++) {
    if (!g_settings_schema_has_key (schema, DEFAULTS[i].key))
      return FALSE;
  }
  return TRUE;
}

/**
 * jmp_settings_get:
 *
 * Returns: (transfer none) (nullable): the settings, to be bound to; %NULL without their schema
 */
GSettings *
jmp_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (looked)
    return settings;
  looked = TRUE;
  schema = source != NULL ? g_settings_schema_source_lookup (source, JMP_APP_ID, TRUE) : NULL;
  if (schema != NULL && has_all_keys (schema))
    settings = g_settings_new_full (schema, NULL, NULL);
  return settings;
}

/**
 * jmp_settings_get_boolean:
 * @key: one of the keys
 *
 * Returns: its value
 */
gboolean
jmp_settings_get_boolean (const char *key)
{
  GSettings *settings = jmp_settings_get ();

  return settings != NULL ? g_settings_get_boolean (settings, key) : find_default (key);
}

/**
 * jmp_settings_set_boolean:
 * @key: one of the keys
 * @value: its value from now on
 *
 * Keeps it, where there is a schema.
 */
void
jmp_settings_set_boolean (const char *key, gboolean value)
{
  GSettings *settings = jmp_settings_get ();

  if (settings != NULL)
    g_settings_set_boolean (settings, key, value);
}

/**
 * jmp_settings_get_int:
 * @key: one of the keys
 *
 * Returns: its value
 */
int
jmp_settings_get_int (const char *key)
{
  GSettings *settings = jmp_settings_get ();

  return settings != NULL ? g_settings_get_int (settings, key) : find_default (key);
}

/**
 * jmp_settings_set_int:
 * @key: one of the keys
 * @value: its value from now on
 *
 * Keeps it, where there is a schema.
 */
void
jmp_settings_set_int (const char *key, int value)
{
  GSettings *settings = jmp_settings_get ();

  if (settings != NULL)
    g_settings_set_int (settings, key, value);
}

/**
 * jmp_settings_get_channel:
 *
 * Returns: which firmware is offered
 */
JmpChannel
jmp_settings_get_channel (void)
{
  GSettings *settings = jmp_settings_get ();

  return settings != NULL ? (JmpChannel)g_settings_get_enum (settings, JMP_SETTING_CHANNEL)
                          : (JmpChannel)find_default (JMP_SETTING_CHANNEL);
}
