/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages about the pages: how they look, and for whom they are made. */
#include "host/page/pages.h"
#include "host/page/views/about.h"

enum err show_accessibility(struct ctx *c)
{
    view_accessibility(page_body(c));
    return page_send(c, &(struct page){
                            .title = TEXT("无障碍声明", "Accessibility") });
}

enum err show_look(struct ctx *c)
{
    view_look(page_body(c), c);
    return page_send(c, &(struct page){ .title = TEXT("显示设置", "Display") });
}
