import { Sparkles } from "lucide-react";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { useMutation } from "urql";
import { graphql } from "@/graphql/graphql";
import { messageOf } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { texts } from "@/texts";

const StartDemoMutation = graphql(`
  mutation StartDemo {
    startDemo {
      id
    }
  }
`);

/** For who wants to look around before trusting it with pictures; the server takes it for an empty library only. */
export function DemoButton() {
  const [{ fetching }, startDemo] = useMutation(StartDemoMutation);
  const navigate = useNavigate();
  const start = async () => {
    const { error } = await startDemo({});
    if (error) {
      toast.error(messageOf(error));
      return;
    }
    toast.success(texts.demo.started, { action: { label: texts.navigation.jobs, onClick: () => void navigate("/jobs") } });
  };
  return <Button icon={Sparkles} disabled={fetching} onClick={() => void start()}>{texts.demo.offer}</Button>;
}
