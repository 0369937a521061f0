/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "board/parts.h"
#include "image/image.h"

static int
load (void **state)
{
  GError *error = NULL;

  *state = jmp_parts_new_built_in (&error);
  assert_no_error (error);
  return *state == NULL ? -1 : 0;
}

static int
unload (void **state)
{
  jmp_parts_unref (*state);
  return 0;
}

/* Facts of datasheets: flash, RAM, core. */
static const struct {
  const char *name;
  guint64 flash;
  const char *layout;
  JmpRam ram;
  guint8 arch;
  gboolean fpu;
} facts[] = {
  { "STM32F103C8", 65536, "0x08000000 64*1024", { 0x20000000, 20480 }, JMP_ARM_ARCH_V7, FALSE },
  { "STM32F103CB", 131072, "0x08000000 128*1024", { 0x20000000, 20480 }, JMP_ARM_ARCH_V7, FALSE },
  { "STM32F103RC", 262144, "0x08000000 128*2048", { 0x20000000, 49152 }, JMP_ARM_ARCH_V7, FALSE },
  { "STM32F072CB", 131072, "0x08000000 64*2048", { 0x20000000, 16384 }, JMP_ARM_ARCH_V6S_M, FALSE },
  { "STM32F405RG",
    1048576,
    "0x08000000 4*16384, 0x08010000 1*65536, 0x08020000 7*131072",
    { 0x20000000, 131072 },
    JMP_ARM_ARCH_V7E_M,
    TRUE },
  { "STM32F767ZI",
    2097152,
    "0x08000000 4*32768, 0x08020000 1*131072, 0x08040000 7*262144",
    { 0x20000000, 524288 },
    JMP_ARM_ARCH_V7E_M,
    TRUE },
  { "STM32H743ZG",
    1048576,
    "0x08000000 4*131072, 0x08100000 4*131072",
    { 0x24000000, 524288 },
    JMP_ARM_ARCH_V7E_M,
    TRUE },
  { "STM32L152RE", 524288, "0x08000000 2048*256", { 0x20000000, 81920 }, JMP_ARM_ARCH_V7, FALSE },
  { "STM32WB55RG",
    1048576,
    "0x08000000 256*4096",
    { 0x20000000, 196608 },
    JMP_ARM_ARCH_V7E_M,
    TRUE },
  { "STM32H563ZI",
    2097152,
    "0x08000000 256*8192",
    { 0x20000000, 655360 },
    JMP_ARM_ARCH_V8M_MAIN,
    TRUE },
  { "GD32F103CB", 131072, "0x08000000 128*1024", { 0x20000000, 20480 }, JMP_ARM_ARCH_V7, FALSE },
};

static void
test_parts_facts (void **state)
{

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autoptr (GError) error = NULL;
    const JmpPart *part = jmp_parts_lookup (*state, facts[i].name, &error);
    const JmpSectorRun *runs;
    GString *layout = g_string_new (NULL);
    g_autofree char *text = NULL;
    gboolean ram = FALSE;
    guint n;

    if (part == NULL)
      fail_msg ("%s: %s", facts[i].name, error->message);
    runs = jmp_layout_get_runs (part->layout, &n);
    for (guint r = 0; r < n; r++)
      g_string_append_printf (layout,
                              "%s0x%08X %u*%u",
                              r > 0 ? ", " : "",
                              runs[r].address,
                              runs[r].count,
                              runs[r].size);
    text = g_string_free (layout, FALSE);
    assert_string_equal (part->name, facts[i].name);
    assert_string_equal (text, facts[i].layout);
    assert_int_equal (jmp_layout_get_size (part->layout), facts[i].flash);
    for (guint r = 0; r < part->n_ram; r++)
      ram = ram
            || (part->ram[r].address == facts[i].ram.address
                && part->ram[r].size == facts[i].ram.size);
    if (!ram || part->cpu_arch != facts[i].arch || part->has_fpu != facts[i].fpu)
      fail_msg ("%s: ram %d, arch %u, fpu %d", facts[i].name, ram, part->cpu_arch, part->has_fpu);
  }
}

static void
test_parts_rules (void **state)
{
  assert_true (jmp_parts_get_n (*state) > 1800);
  for (guint i = 0; i < jmp_parts_get_n (*state); i++) {
    const JmpPart *part = jmp_parts_get (*state, i);
    JmpSector sector;

    if (i > 0)
      assert_true (strcmp (jmp_parts_get (*state, i - 1)->name, part->name) < 0);
    assert_true (jmp_layout_get_sector (part->layout, 0, &sector));
    assert_int_equal (sector.address, 0x08000000);
    for (guint r = 0; r < part->n_ram; r++) {
      assert_true (part->ram[r].size > 0);
      if (r > 0)
        assert_true (part->ram[r].address
                     > (guint64)part->ram[r - 1].address + part->ram[r - 1].size);
    }
    assert_ptr_equal (jmp_parts_lookup (*state, part->name, NULL), part);
  }
}

/* As people write them. @name: NULL when there is no such part, @several when it could be many. */
static void
test_parts_names (void **state)
{
  static const struct {
    const char *code;
    const char *name;
    gboolean several;
  } cases[] = {
    { "STM32F103C8", "STM32F103C8", FALSE },
    { "STM32F103C8T6", "STM32F103C8", FALSE },
    { "STM32F103C8T6TR", "STM32F103C8", FALSE },
    { "stm32f103c8t6", "STM32F103C8", FALSE },
    { "f103c8", "STM32F103C8", FALSE },
    { "F103C8Tx", "STM32F103C8", FALSE },
    { "STM32-F405 RG", "STM32F405RG", FALSE },
    { "STM32F405RG", "STM32F405RG", FALSE },
    { "STM32F405xG", "STM32F405OG", FALSE },
    { "STM32F4x5xG", "STM32F405OG", FALSE },
    { "STM32F405?G", "STM32F405OG", FALSE },
    { "STM32F103", NULL, TRUE },
    { "STM32F103*", NULL, TRUE },
    { "STM32F103xB", "STM32F103CB", FALSE },
    { "H743XI", "STM32H743XI", FALSE },
    { "STM32H743xI", "STM32H743XI", FALSE },
    { "STM32H743?I", "STM32H743AI", FALSE },
    { "STM32L151C8T6", "STM32L151C8", FALSE },
    { "STM32L151C8T6A", "STM32L151C8TxA", FALSE },
    { "AT32F402RBT7", "AT32F402RBT7", FALSE },
    { "AT32F402RBT7-7", "AT32F402RBT7-7", FALSE },
    { "AT32F403AVGT7", "AT32F403AVGT7", FALSE },
    { "gd32f103cbt6", "GD32F103CB", FALSE },
    { "STM32F103C80", NULL, FALSE },
    { "STM32F103C8T6TRAYS", NULL, FALSE },
    { "STM32F999ZZ", NULL, FALSE },
    { "pyboard", NULL, FALSE },
    { "", NULL, FALSE },
    { "*", NULL, TRUE },
    { "\xFF\xFE", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    const JmpPart *part = jmp_parts_lookup (*state, cases[i].code, &error);

    if (g_strcmp0 (part != NULL ? part->name : NULL, cases[i].name) != 0)
      fail_msg ("\"%s\": %s", cases[i].code, part != NULL ? part->name : error->message);
    if (part == NULL)
      assert_error (
          error, JMP_ERROR, cases[i].several ? JMP_ERROR_SEVERAL : JMP_ERROR_NOT_FOUND, NULL);
  }
}

static void
test_parts_several_says_which (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (jmp_parts_lookup (*state, "STM32F401C", &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_SEVERAL, "STM32F401CB, STM32F401CC");
}

#define TABLE(shape, parts) "{\"schema\":1,\"shapes\":[" shape "],\"parts\":{" parts "}}"
#define GOOD                "{\"series\":\"S\",\"arch\":10,\"flash\":[[0,1024,4]],\"ram\":[[0,1]]}"

static void
test_parts_broken (void **state)
{
  static const struct {
    const char *name;
    const char *json;
    const char *message;
  } cases[] = {
    { "right", TABLE (GOOD, "\"A\":0"), NULL },
    { "no JSON", "hello", "not JSON" },
    { "a list", "[]", "schema" },
    { "no schema", "{}", "schema" },
    { "schema 2", "{\"schema\":2}", "schema" },
    { "no shapes", TABLE ("", "\"A\":0"), "no shapes" },
    { "no parts", TABLE (GOOD, ""), "no parts" },
    { "a shape of text", TABLE ("\"x\"", "\"A\":0"), "no object" },
    { "a part past the shapes", TABLE (GOOD, "\"A\":1"), "a wrong part A" },
    { "a part of text", TABLE (GOOD, "\"A\":\"0\""), "a wrong part A" },
    { "flash past 4 GiB",
      TABLE ("{\"series\":\"S\",\"arch\":10,\"flash\":[[4294966272,1024,2]],\"ram\":[[0,1]]}",
             "\"A\":0"),
      "a wrong flash of S" },
    { "flash of no sectors",
      TABLE ("{\"series\":\"S\",\"arch\":10,\"flash\":[[0,1024,0]],\"ram\":[[0,1]]}", "\"A\":0"),
      "a wrong flash" },
    { "a row of two",
      TABLE ("{\"series\":\"S\",\"arch\":10,\"flash\":[[0,1024]],\"ram\":[[0,1]]}", "\"A\":0"),
      "a wrong flash" },
    { "a negative address",
      TABLE ("{\"series\":\"S\",\"arch\":10,\"flash\":[[-1,1,1]],\"ram\":[[0,1]]}", "\"A\":0"),
      "a wrong flash" },
    { "no RAM",
      TABLE ("{\"series\":\"S\",\"arch\":10,\"flash\":[[0,1,1]],\"ram\":[]}", "\"A\":0"),
      "a wrong RAM" },
    { "no series",
      TABLE ("{\"arch\":10,\"flash\":[[0,1,1]],\"ram\":[[0,1]]}", "\"A\":0"),
      "without series" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) json = g_bytes_new_static (cases[i].json, strlen (cases[i].json));
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpParts) parts = jmp_parts_parse (json, &error);

    if ((parts != NULL) != (cases[i].message == NULL))
      fail_msg ("%s: %s", cases[i].name, parts != NULL ? "accepted" : error->message);
    if (parts == NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_parts_facts),  cmocka_unit_test (test_parts_rules),
    cmocka_unit_test (test_parts_names),  cmocka_unit_test (test_parts_several_says_which),
    cmocka_unit_test (test_parts_broken),
  };

  return cmocka_run_group_tests_name ("core/board/parts", tests, load, unload);
}
