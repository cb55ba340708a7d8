// `/`: to the first project where there is none, else to the list.
export default async function home({ me, router }) {
  if (!me) return void router.go("/login", { replace: true });
  return void router.go(me.is_first_start ? "/start" : "/projects", { replace: true });
}
